import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../plans/settings.ts";
import { parseSettings } from "./schema.ts";

/**
 * The stack's settings; the one place where the program reads config.
 * @throws {PlanError} with every problem of the stack file
 */
export const readSettings = (): Settings =>
    parseSettings(pulumi.runtime.allConfig(), `Pulumi.${pulumi.getStack()}.yaml`);

import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../plans/settings.ts";
import { parseSettings } from "./schema.ts";

/** Keys whose values are encrypted in the stack's file, as the engine names them to a program: Pulumi has no public function for it. */
function encryptedKeys(): readonly string[] {
    const { PULUMI_CONFIG_SECRET_KEYS: keys = "" } = process.env;
    return keys === "" ? [] : ((JSON.parse(keys) as readonly string[] | null) ?? []);
}

/**
 * The stack's settings; the one place where the program reads config.
 * @throws {PlanError} with every problem of the stack file
 */
export const readSettings = (): Settings =>
    parseSettings(pulumi.runtime.allConfig(), `Pulumi.${pulumi.getStack()}.yaml`, encryptedKeys());

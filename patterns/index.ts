import * as pulumi from "@pulumi/pulumi";
import { checkArchives } from "../components/check-archives.ts";
import type { Settings } from "../plans/settings.ts";
import { InferenceContainer } from "./inference-container.ts";

/**
 * Makes the pattern that a stack chose, named after the project; its endpoint after the project and the stack.
 * @throws {PlanError} with every problem of the steps and the endpoint, before anything is registered
 */
export async function deployPattern(settings: Settings): Promise<InferenceContainer> {
    await checkArchives(settings.steps);
    const name = pulumi.getProject();
    const endpoint = { name: `${name}-${pulumi.getStack()}`, ...settings.endpoint };
    const [step] = settings.steps;
    return new InferenceContainer(name, { step, endpoint });
}

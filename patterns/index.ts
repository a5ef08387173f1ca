import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../plans/settings.ts";
import { InferenceContainer } from "./inference-container.ts";

/** Makes the pattern that a stack chose, named after the project; its endpoint after the project and the stack. */
export function deployPattern(settings: Settings): InferenceContainer {
    const name = pulumi.getProject();
    const endpoint = { name: `${name}-${pulumi.getStack()}`, ...settings.endpoint };
    const [step] = settings.steps;
    return new InferenceContainer(name, { step, endpoint });
}

import * as pulumi from "@pulumi/pulumi";
import { checkArchives } from "../components/check-archives.ts";
import type { Settings } from "../plans/settings.ts";
import { InferenceContainer } from "./inference-container.ts";
import { InferencePipeline } from "./inference-pipeline.ts";
import { ModelEnsemble } from "./model-ensemble.ts";

/** What every pattern gives to the stack. */
interface Deployed {
    readonly endpointName: pulumi.Output<string>;
    readonly endpointConfigName: pulumi.Output<string>;
}

/**
 * Makes the pattern that a stack chose, named after the project; its endpoint after the project and the stack.
 * @throws {PlanError} with every problem of the steps and the endpoint, before anything is registered
 */
export async function deployPattern(settings: Settings): Promise<Deployed> {
    await checkArchives(settings.steps);
    const name = pulumi.getProject();
    const endpoint = { name: `${name}-${pulumi.getStack()}`, ...settings.endpoint };
    switch (settings.pattern) {
        case "inference-container":
            return new InferenceContainer(name, { step: settings.steps[0], endpoint });
        case "inference-pipeline":
            return new InferencePipeline(name, { ...settings, endpoint });
        case "model-ensemble":
            return new ModelEnsemble(name, { ...settings, endpoint });
    }
}

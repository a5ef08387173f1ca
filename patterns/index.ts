import * as pulumi from "@pulumi/pulumi";
import { checkArchives } from "../components/check-archives.ts";
import { checkMetrics } from "../components/check-metrics.ts";
import { findModelPackage } from "../components/find-model-package.ts";
import { completeEnvironment, enterEnvironment } from "../components/environment.ts";
import type { HostedModel } from "../components/host-model.ts";
import { stackName } from "../plans/environment.ts";
import { observabilityOf } from "../plans/observability.ts";
import type { FoundPackage } from "../plans/registry/found-package.ts";
import type { Settings } from "../plans/settings.ts";
import { InferenceContainer } from "./inference-container.ts";
import { InferencePipeline } from "./inference-pipeline.ts";
import { ModelEnsemble } from "./model-ensemble.ts";
import { MultiModelPipeline } from "./multi-model-pipeline.ts";
import { TritonEnsemble } from "./triton-ensemble.ts";

/**
 * Makes the pattern that a stack chose, named after the project; its endpoint after the project and the stack.
 * @throws {PlanError} with every problem of the environment, else of the steps and of how they are hosted, before anything is registered
 */
export async function deployPattern(settings: Settings): Promise<HostedModel> {
    await enterEnvironment(settings);
    await checkArchives(settings.steps);
    await checkMetrics(settings.registry);
    const modelPackage = settings.modelPackage && (await findModelPackage(settings.modelPackage, settings.steps));
    const pattern = makePattern(settings, modelPackage);
    completeEnvironment(settings, pattern);
    return pattern.hosted;
}

function makePattern(settings: Settings, modelPackage: FoundPackage | undefined) {
    const name = pulumi.getProject();
    const { endpoint, transform, registry, network } = settings;
    const ownName = stackName(name, pulumi.getStack());
    const hosting = {
        ...(endpoint !== "none" && { endpoint: { name: ownName, ...endpoint } }),
        ...(transform && { transform }),
        ...(registry && { registry: { group: ownName, ...registry } }),
        ...(modelPackage && { modelPackage }),
        ...(network && { network }),
        ...observabilityOf(settings),
    };
    const { steps } = settings;
    switch (settings.pattern) {
        case "inference-container":
            return new InferenceContainer(name, { step: settings.steps[0], ...hosting });
        case "inference-pipeline":
            return new InferencePipeline(name, { steps, ...(settings.mode && { mode: settings.mode }), ...hosting });
        case "model-ensemble":
            return new ModelEnsemble(name, { steps, ...hosting });
        case "multi-model-pipeline":
            return new MultiModelPipeline(name, { steps, ...hosting });
        case "triton-ensemble":
            return new TritonEnsemble(name, { step: settings.steps[0], ...hosting });
    }
}

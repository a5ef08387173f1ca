import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { serveModel } from "../components/serve-model.ts";
import { type EndpointSettings, endpointProblems } from "../plans/endpoint.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { ensembleProblems, pipelineProblems } from "../plans/pipeline.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface ModelEnsembleArgs {
    /** 2–15 models, in the order requests flow, each with an artifact of its own. */
    readonly steps: readonly Step[];
    /** The endpoint; its name is fixed over every update. */
    readonly endpoint: EndpointSettings & { readonly name: string };
}

/** A real-time endpoint whose models run one after another; each is upgraded without touching the others. */
export class ModelEnsemble extends pulumi.ComponentResource {
    readonly endpointName: pulumi.Output<string>;
    /** The endpoint configuration that the endpoint should be on. */
    readonly endpointConfigName: pulumi.Output<string>;

    /** @throws {PlanError} with every problem of the models, of their order and of the endpoint */
    constructor(name: string, args: ModelEnsembleArgs, opts?: pulumi.ComponentResourceOptions) {
        const { steps, endpoint: settings } = args;
        refuse(`model ensemble "${name}"`, [
            ...pipelineProblems(steps, "serial"),
            ...ensembleProblems(steps),
            ...modelProblems(steps),
            ...endpointProblems(settings),
        ]);
        super(PATTERN_TYPES["model-ensemble"], name, args, opts);

        const endpoint = serveModel(name, { steps, endpoint: settings }, this);

        this.endpointName = endpoint.name;
        this.endpointConfigName = endpoint.configurationName;
        this.registerOutputs({ endpointName: this.endpointName, endpointConfigName: this.endpointConfigName });
    }
}

import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { serveModel } from "../components/serve-model.ts";
import { type EndpointSettings, endpointProblems } from "../plans/endpoint.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { type ExecutionMode, pipelineProblems } from "../plans/pipeline.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface InferencePipelineArgs {
    /** 2–15 containers, in the order requests flow. */
    readonly steps: readonly Step[];
    /** @default "serial" */
    readonly mode?: ExecutionMode;
    /** The endpoint; its name is fixed over every update. */
    readonly endpoint: EndpointSettings & { readonly name: string };
}

/** A real-time endpoint whose containers run one after another, or are called one by one. */
export class InferencePipeline extends pulumi.ComponentResource {
    readonly endpointName: pulumi.Output<string>;
    /** The endpoint configuration that the endpoint should be on. */
    readonly endpointConfigName: pulumi.Output<string>;

    /** @throws {PlanError} with every problem of the steps, of their order and of the endpoint */
    constructor(name: string, args: InferencePipelineArgs, opts?: pulumi.ComponentResourceOptions) {
        const { steps, mode = "serial", endpoint: settings } = args;
        refuse(`inference pipeline "${name}"`, [
            ...pipelineProblems(steps, mode),
            ...modelProblems(steps),
            ...endpointProblems(settings),
        ]);
        super(PATTERN_TYPES["inference-pipeline"], name, args, opts);

        const endpoint = serveModel(name, { steps, mode, endpoint: settings }, this);

        this.endpointName = endpoint.name;
        this.endpointConfigName = endpoint.configurationName;
        this.registerOutputs({ endpointName: this.endpointName, endpointConfigName: this.endpointConfigName });
    }
}

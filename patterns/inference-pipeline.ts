import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { type HostedModel, hostModel } from "../components/host-model.ts";
import { type ModelUses, modelUseProblems } from "../plans/model-uses.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { type ExecutionMode, pipelineProblems } from "../plans/pipeline.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface InferencePipelineArgs extends ModelUses {
    /** 2–15 containers, in the order requests flow. */
    readonly steps: readonly Step[];
    /** @default "serial" */
    readonly mode?: ExecutionMode;
}

/** A model whose containers run one after another, or are called one by one. */
export class InferencePipeline extends pulumi.ComponentResource {
    readonly hosted: HostedModel;

    /** @throws {PlanError} with every problem of the steps, of their order and of how they are hosted */
    constructor(name: string, args: InferencePipelineArgs, opts?: pulumi.ComponentResourceOptions) {
        const { steps, mode = "serial" } = args;
        refuse(`inference pipeline "${name}"`, [
            ...pipelineProblems(steps, mode),
            ...modelProblems(steps),
            ...modelUseProblems(args, steps, mode),
        ]);
        super(PATTERN_TYPES["inference-pipeline"], name, args, opts);

        this.hosted = hostModel(name, args, this);
        this.registerOutputs({ ...this.hosted });
    }
}

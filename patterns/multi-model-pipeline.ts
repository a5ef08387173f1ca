import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { type HostedModel, hostModel } from "../components/host-model.ts";
import { type ModelUses, modelUseProblems } from "../plans/model-uses.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { multiModelPipelineProblems, pipelineProblems } from "../plans/pipeline.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface MultiModelPipelineArgs extends ModelUses {
    /** 2–15 containers, in the order requests flow; exactly one of them multi-model. */
    readonly steps: readonly Step[];
}

/** Containers that run one after another, one of which holds many models: a request names one by TargetModel. */
export class MultiModelPipeline extends pulumi.ComponentResource {
    readonly hosted: HostedModel;

    /** @throws {PlanError} with every problem of the steps, of their order and of how they are hosted */
    constructor(name: string, args: MultiModelPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
        const { steps } = args;
        refuse(`multi-model pipeline "${name}"`, [
            ...pipelineProblems(steps, "serial"),
            ...multiModelPipelineProblems(steps),
            ...modelProblems(steps),
            ...modelUseProblems(args, steps),
        ]);
        super(PATTERN_TYPES["multi-model-pipeline"], name, args, opts);

        this.hosted = hostModel(name, args, this);
        this.registerOutputs({ ...this.hosted });
    }
}

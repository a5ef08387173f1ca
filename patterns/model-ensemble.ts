import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { type HostedModel, hostModel } from "../components/host-model.ts";
import { type ModelUses, modelUseProblems } from "../plans/model-uses.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { ensembleProblems, pipelineProblems } from "../plans/pipeline.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface ModelEnsembleArgs extends ModelUses {
    /** 2–15 models, in the order requests flow, each with an artifact of its own. */
    readonly steps: readonly Step[];
}

/** Models that run one after another; each is upgraded without touching the others. */
export class ModelEnsemble extends pulumi.ComponentResource {
    readonly hosted: HostedModel;

    /** @throws {PlanError} with every problem of the models, of their order and of how they are hosted */
    constructor(name: string, args: ModelEnsembleArgs, opts?: pulumi.ComponentResourceOptions) {
        const { steps } = args;
        refuse(`model ensemble "${name}"`, [
            ...pipelineProblems(steps, "serial"),
            ...ensembleProblems(steps),
            ...modelProblems(steps),
            ...modelUseProblems(args, steps),
        ]);
        super(PATTERN_TYPES["model-ensemble"], name, args, opts);

        this.hosted = hostModel(name, args, this);
        this.registerOutputs({ ...this.hosted });
    }
}

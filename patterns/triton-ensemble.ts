import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { type HostedModel, hostModel } from "../components/host-model.ts";
import { type ModelUses, modelUseProblems } from "../plans/model-uses.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface TritonEnsembleArgs extends ModelUses {
    /** The one container, NVIDIA Triton, and in `triton` the ensemble it runs. */
    readonly step: Step;
}

/** Models that run as one graph in one container, each on CPU or GPU. */
export class TritonEnsemble extends pulumi.ComponentResource {
    readonly hosted: HostedModel;

    /** @throws {PlanError} with every problem of the ensemble, of its folder and of how it is hosted */
    constructor(name: string, args: TritonEnsembleArgs, opts?: pulumi.ComponentResourceOptions) {
        const { step, ...hosting } = args;
        refuse(`Triton ensemble "${name}"`, [
            ...(step.triton === undefined && args.modelPackage === undefined
                ? [`step "${step.name}" describes no ensemble; name it under triton`]
                : []),
            ...modelProblems([step]),
            ...modelUseProblems(args, [step]),
        ]);
        super(PATTERN_TYPES["triton-ensemble"], name, args, opts);

        this.hosted = hostModel(name, { steps: [step], ...hosting }, this);
        this.registerOutputs({ ...this.hosted });
    }
}

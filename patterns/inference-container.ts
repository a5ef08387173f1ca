import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { type HostedModel, hostModel } from "../components/host-model.ts";
import { type ModelUses, modelUseProblems } from "../plans/model-uses.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface InferenceContainerArgs extends ModelUses {
    /** The one container: input_fn → predict_fn → output_fn. */
    readonly step: Step;
}

/** A model with a single inference container. */
export class InferenceContainer extends pulumi.ComponentResource {
    readonly hosted: HostedModel;

    /** @throws {PlanError} with every problem of the step and of how it is hosted */
    constructor(name: string, args: InferenceContainerArgs, opts?: pulumi.ComponentResourceOptions) {
        const { step, ...hosting } = args;
        refuse(`inference container "${name}"`, [...modelProblems([step]), ...modelUseProblems(args, [step])]);
        super(PATTERN_TYPES["inference-container"], name, args, opts);
        this.hosted = hostModel(name, { steps: [step], ...hosting }, this);
        this.registerOutputs({ ...this.hosted });
    }
}

import * as pulumi from "@pulumi/pulumi";
import { modelProblems } from "../components/model-problems.ts";
import { serveModel } from "../components/serve-model.ts";
import { type EndpointSettings, endpointProblems } from "../plans/endpoint.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";

export interface InferenceContainerArgs {
    /** The one container: input_fn → predict_fn → output_fn. */
    readonly step: Step;
    /** The endpoint; its name is fixed over every update. */
    readonly endpoint: EndpointSettings & { readonly name: string };
}

/** A real-time endpoint with a single inference container. */
export class InferenceContainer extends pulumi.ComponentResource {
    readonly endpointName: pulumi.Output<string>;
    /** The endpoint configuration that the endpoint should be on. */
    readonly endpointConfigName: pulumi.Output<string>;

    /** @throws {PlanError} with every problem of the step and of the endpoint */
    constructor(name: string, args: InferenceContainerArgs, opts?: pulumi.ComponentResourceOptions) {
        refuse(`inference container "${name}"`, [...modelProblems([args.step]), ...endpointProblems(args.endpoint)]);
        super(PATTERN_TYPES["inference-container"], name, args, opts);
        const endpoint = serveModel(name, { steps: [args.step], endpoint: args.endpoint }, this);

        this.endpointName = endpoint.name;
        this.endpointConfigName = endpoint.configurationName;
        this.registerOutputs({ endpointName: this.endpointName, endpointConfigName: this.endpointConfigName });
    }
}

import * as pulumi from "@pulumi/pulumi";
import { Endpoint } from "../components/endpoint.ts";
import { Model } from "../components/model.ts";
import { modelProblems } from "../components/model-problems.ts";
import { type EndpointSettings, endpointProblems } from "../plans/endpoint.ts";
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
        super("serial-inference:index:InferenceContainer", name, args, opts);
        const child = { parent: this };

        const model = new Model(name, { steps: [args.step], endpointName: args.endpoint.name }, child);
        const endpoint = new Endpoint(name, { ...args.endpoint, modelName: model.name }, child);

        this.endpointName = endpoint.name;
        this.endpointConfigName = endpoint.configurationName;
        this.registerOutputs({ endpointName: this.endpointName, endpointConfigName: this.endpointConfigName });
    }
}

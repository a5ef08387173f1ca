import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type EndpointSettings, endpointProblems, planVariants } from "../plans/endpoint.ts";
import { type Caller, callerStatements } from "../plans/iam/caller-policies.ts";
import { policyDocument } from "../plans/iam/statement.ts";
import { refuse } from "../plans/plan-error.ts";
import type { DataCapture } from "./data-capture.ts";

export interface EndpointArgs extends EndpointSettings {
    /** Fixed up front: callers keep it over every update, and alarms name the endpoint before it is there. */
    readonly name: string;
    /** Name of the model that every variant serves. */
    readonly modelName: pulumi.Input<string>;
    /** The log group, which must be there before the endpoint. @default - SageMaker makes one */
    readonly logGroup?: pulumi.Resource | undefined;
    /** Where requests and answers are recorded. @default - they are not */
    readonly capture?: DataCapture | undefined;
}

/**
 * A real-time endpoint. Its configuration has no physical name: configurations are immutable, so a change makes a new one, moves the
 * endpoint to it in place, and deletes the old one last.
 */
export class Endpoint extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    /** The configuration that the endpoint should be on. */
    readonly configurationName: pulumi.Output<string>;
    /** The policy of each caller as JSON, by name; attached to nobody. @default - no callers */
    readonly callerPolicies?: pulumi.Output<Record<string, string>>;

    /** @throws {PlanError} where variants share a name, or none has weight */
    constructor(name: string, args: EndpointArgs, opts?: pulumi.ComponentResourceOptions) {
        refuse(`endpoint "${args.name}"`, endpointProblems(args));
        const { logGroup, capture, ...described } = args;
        super("serial-inference:index:Endpoint", name, described, opts);
        const child = { parent: this };

        const configuration = new aws.sagemaker.EndpointConfiguration(
            name,
            {
                productionVariants: planVariants(args, args.modelName),
                ...(capture && { dataCaptureConfig: capture.config }),
            },
            child,
        );
        const endpoint = new aws.sagemaker.Endpoint(
            name,
            { name: args.name, endpointConfigName: configuration.name },
            { ...child, dependsOn: logGroup ?? [] },
        );

        this.name = endpoint.name;
        this.arn = endpoint.arn;
        this.configurationName = configuration.name;
        if (args.callers !== undefined) this.callerPolicies = policies(args.callers, endpoint.arn);
        this.registerOutputs({ name: this.name, arn: this.arn, configurationName: this.configurationName });
    }
}

const policies = (callers: readonly Caller[], endpointArn: pulumi.Output<string>) =>
    pulumi.all(
        Object.fromEntries(
            callers.map((caller) => [
                caller.name,
                pulumi.jsonStringify(policyDocument(callerStatements(caller, endpointArn))),
            ]),
        ),
    );

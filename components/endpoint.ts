import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AsyncPlaces, planAsync } from "../plans/async.ts";
import { planDeployment } from "../plans/deployment.ts";
import { type EndpointSettings, endpointProblems, hostings } from "../plans/endpoint.ts";
import { type Caller, callerStatements } from "../plans/iam/caller-policies.ts";
import { policyDocument } from "../plans/iam/statement.ts";
import { liveConfigurationProblems } from "../plans/live-configuration.ts";
import { PlanError, refuse } from "../plans/plan-error.ts";
import { activeScaling } from "../plans/scaling.ts";
import { planFleets, weightAdvice } from "../plans/shadow.ts";
import type { DataCapture } from "./data-capture.ts";
import { withKeptCapacity } from "./kept-capacity.ts";
import { RollbackAlarms } from "./rollback-alarms.ts";
import { VariantScaling } from "./scaling.ts";

export interface EndpointArgs extends EndpointSettings {
    /** Fixed up front: callers keep it over every update, and alarms name the endpoint before it is there. */
    readonly name: string;
    /** Name of the model that every variant serves. */
    readonly modelName: pulumi.Input<string>;
    /** What `async` uses; needed only with it. */
    readonly asyncPlaces?: AsyncPlaces | undefined;
    /** The log group, which must be there before the endpoint. @default - SageMaker makes one */
    readonly logGroup?: pulumi.Resource | undefined;
    /** Where requests and answers are recorded. @default - they are not */
    readonly capture?: DataCapture | undefined;
    /** ARN of the KMS key that encrypts the volumes of its instances. @default - one that SageMaker makes for each volume */
    readonly volumeKeyArn?: pulumi.Input<string> | undefined;
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

        const planned = {
            ...planFleets(args, args.modelName),
            ...(args.async && args.asyncPlaces && planAsync(args.async, args.asyncPlaces)),
            ...(capture && { dataCaptureConfig: capture.config }),
            ...(args.volumeKeyArn !== undefined && { kmsKeyArn: args.volumeKeyArn }),
        };
        const configuration = new aws.sagemaker.EndpointConfiguration(
            name,
            withKeptCapacity(planned, args, child),
            child,
        );
        const endpoint = new aws.sagemaker.Endpoint(
            name,
            {
                name: args.name,
                endpointConfigName: configuration.name,
                ...this.deploymentConfig(name, args, configuration.name),
            },
            // SageMaker does not turn one with instances into a serverless one, or back, and two cannot have one name
            {
                ...child,
                dependsOn: logGroup ?? [],
                deleteBeforeReplace: true,
                replacementTrigger: args.serverless === undefined ? "instances" : "serverless",
            },
        );
        for (const { name: variantName, ...hosting } of hostings(args)) {
            const scaling = activeScaling(hosting.scaling);
            if (scaling === undefined) continue;
            new VariantScaling(`${name}-${variantName}`, { endpointName: endpoint.name, variantName, scaling }, child);
        }

        for (const advice of weightAdvice(args)) void pulumi.log.warn(advice, endpoint);
        refuseRollback(args.name, endpoint, configuration);

        this.name = endpoint.name;
        this.arn = endpoint.arn;
        this.configurationName = configuration.name;
        if (args.callers !== undefined)
            this.callerPolicies = policies(args.callers, endpoint.arn, args.async !== undefined);
        this.registerOutputs({ name: this.name, arn: this.arn, configurationName: this.configurationName });
    }

    /** How the endpoint moves to the configuration, with the alarms that roll it back. */
    private deploymentConfig(name: string, args: EndpointArgs, configurationName: pulumi.Output<string>) {
        const { deployment } = args;
        if (deployment === undefined) return {};
        const variants = hostings(args);
        const { alarmNames } = new RollbackAlarms(
            name,
            {
                settings: deployment.rollback,
                endpointName: args.name,
                variants: variants.map((variant) => variant.name),
                configurationName,
            },
            { parent: this },
        );
        return { deploymentConfig: planDeployment(deployment, variants, alarmNames) };
    }
}

/** Fails the update that SageMaker has rolled back, before the engine deletes the configuration that is in use. */
function refuseRollback(
    name: string,
    endpoint: aws.sagemaker.Endpoint,
    configuration: aws.sagemaker.EndpointConfiguration,
): void {
    if (pulumi.runtime.isDryRun()) return;
    pulumi.all([endpoint.endpointConfigName, configuration.name]).apply(([live, wanted]) => {
        const problems = liveConfigurationProblems(live, wanted);
        if (problems.length === 0) return;
        const error = new PlanError(`endpoint "${name}"`, problems);
        delete error.stack; // the program has ended by then, and Pulumi prints the stack even of its own RunError
        throw error;
    });
}

const policies = (callers: readonly Caller[], endpointArn: pulumi.Output<string>, isAsync: boolean) =>
    pulumi.all(
        Object.fromEntries(
            callers.map((caller) => [
                caller.name,
                pulumi.jsonStringify(policyDocument(callerStatements(caller, endpointArn, isAsync))),
            ]),
        ),
    );

import * as pulumi from "@pulumi/pulumi";
import type { EndpointSettings } from "../plans/endpoint.ts";
import { sizingAdvice } from "../plans/model-sizing.ts";
import type { ModelUses } from "../plans/model-uses.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { startupNeeds } from "../plans/startup.ts";
import { watchedEndpoint } from "../plans/watched-endpoint.ts";
import { BatchTransform } from "./batch-transform.ts";
import { Endpoint } from "./endpoint.ts";
import { type ManyModels, Model, type ModelArgs } from "./model.ts";
import { observe, type WatchingOutputs } from "./observe.ts";
import { TransformData } from "./transform-data.ts";

export interface HostModelArgs extends ModelUses, Pick<ModelArgs, "steps" | "mode"> {}

/** How to run a batch transform. */
interface TransformOutputs {
    /** What `aws stepfunctions start-execution` starts. */
    readonly stateMachineArn: pulumi.Output<string>;
    /** `s3://…/`: files to transform, and results. */
    readonly input: pulumi.Output<string>;
    readonly output: pulumi.Output<string>;
    /** Hears of jobs that failed. */
    readonly failureTopicArn: pulumi.Output<string>;
}

/** What every pattern gives to the stack. */
export interface HostedModel extends WatchingOutputs {
    /** @default - no endpoint */
    readonly endpointName?: pulumi.Output<string>;
    /** The endpoint configuration that the endpoint should be on. @default - no endpoint */
    readonly endpointConfigName?: pulumi.Output<string>;
    /** An IAM policy for each caller of the endpoint, as JSON by the caller's name. @default - no callers */
    readonly callerPolicies?: pulumi.Output<Record<string, string>>;
    /** @default - no batch transform */
    readonly transform?: TransformOutputs;
}

/**
 * The same component under each pattern that it could be of. A stack that switches its pattern so keeps images, artifacts and role, and
 * its endpoint, which is moved to the new model in place; without, the engine would delete one and create another of the same name.
 */
const underAnyPattern = (name: string): pulumi.Alias[] =>
    Object.values(PATTERN_TYPES).map((type) => ({ parent: pulumi.createUrn(name, type) }));

/** What every pattern ends in: a model, and the endpoint that serves it, the batch transform that runs it, or both. */
export function hostModel(
    name: string,
    { endpoint: settings, transform, steps, mode, ...observability }: HostModelArgs,
    parent: pulumi.Resource,
): HostedModel {
    const child = { parent, aliases: underAnyPattern(name) };
    const data = transform === undefined ? undefined : new TransformData(name, transform, child);
    const hosted = new Model(
        name,
        {
            steps,
            ...(mode && { mode }),
            ...(settings && { endpointName: settings.name }),
            ...(data && { transformData: data }),
        },
        child,
    );
    const endpoint =
        settings === undefined
            ? undefined
            : new Endpoint(name, { ...startupNeeds(steps), ...settings, modelName: hosted.name }, child);
    if (endpoint !== undefined && settings !== undefined) adviseOnSizes(hosted.models, settings, endpoint);
    const watching =
        settings && observe(name, watchedEndpoint(settings, steps, mode ?? "serial"), observability, child);
    const batch =
        transform === undefined || data === undefined
            ? undefined
            : new BatchTransform(name, { settings: transform, modelName: hosted.name, data }, child);
    return {
        ...(endpoint && { endpointName: endpoint.name, endpointConfigName: endpoint.configurationName }),
        ...(endpoint?.callerPolicies && { callerPolicies: endpoint.callerPolicies }),
        ...watching,
        ...(batch &&
            data && {
                transform: {
                    stateMachineArn: batch.stateMachineArn,
                    input: data.input.uri,
                    output: data.output.uri,
                    failureTopicArn: batch.failureTopicArn,
                },
            }),
    };
}

/** Tells, with the endpoint's resource, what to expect of many models on its instances. */
function adviseOnSizes(models: ManyModels | undefined, settings: EndpointSettings, endpoint: Endpoint): void {
    void models?.sizes.apply(async (sizes) => {
        for (const { severity, message } of sizingAdvice(models.step, sizes, settings)) {
            await pulumi.log[severity](message, endpoint);
        }
    });
}

import * as pulumi from "@pulumi/pulumi";
import { type EndpointSettings, hostings } from "../plans/endpoint.ts";
import { sizingAdvice } from "../plans/model-sizing.ts";
import { retentionDays } from "../plans/log-groups.ts";
import type { ModelUses } from "../plans/model-uses.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { alarmNames } from "../plans/rollback.ts";
import type { FoundPackage } from "../plans/registry/found-package.ts";
import type { InstanceUses } from "../plans/registry/model-package.ts";
import { startupNeeds } from "../plans/startup.ts";
import { completeTransform, type TransformSettings } from "../plans/transform.ts";
import { AsyncData } from "./async-data.ts";
import { watchedEndpoint } from "../plans/watched-endpoint.ts";
import { BatchTransform } from "./batch-transform.ts";
import { DataCapture } from "./data-capture.ts";
import { Endpoint } from "./endpoint.ts";
import { EndpointLogGroup } from "./log-group.ts";
import { type ManyModels, Model, type ModelArgs } from "./model.ts";
import { PackagedModel } from "./packaged-model.ts";
import { modelSurroundings, type SurroundingsOutputs } from "./model-surroundings.ts";
import { observe, type WatchingOutputs, type WatchSettings } from "./observe.ts";
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

/** How to use an asynchronous endpoint. */
interface AsyncOutputs {
    /** `s3://…/`: where requests are put, and where results and failures are found. */
    readonly input: pulumi.Output<string>;
    readonly output: pulumi.Output<string>;
    readonly failure: pulumi.Output<string>;
    /** Hears of results. @default - nobody does */
    readonly successTopicArn?: pulumi.Output<string>;
    /** Hears of failures. @default - nobody does */
    readonly errorTopicArn?: pulumi.Output<string>;
}

/** What every pattern gives to the stack. */
export interface HostedModel extends WatchingOutputs, SurroundingsOutputs {
    /** @default - no endpoint */
    readonly endpointName?: pulumi.Output<string>;
    /** The endpoint configuration that the endpoint should be on. @default - no endpoint */
    readonly endpointConfigName?: pulumi.Output<string>;
    /** An IAM policy for each caller of the endpoint, as JSON by the caller's name. @default - no callers */
    readonly callerPolicies?: pulumi.Output<Record<string, string>>;
    /** @default - requests are answered at once */
    readonly async?: AsyncOutputs;
    /** @default - no batch transform */
    readonly transform?: TransformOutputs;
    /** `s3://…` below which the endpoint records requests and answers. @default - they are not */
    readonly dataCaptureUri?: pulumi.Output<string>;
    /** Group that the model is registered in. @default - it is not */
    readonly modelPackageGroup?: pulumi.Output<string>;
    /** Version of a model package that the model is registered as, or is made of. @default - neither */
    readonly modelPackageArn?: pulumi.Output<string>;
}

const asyncOutputs = ({ input, output, failure, successTopic, errorTopic }: AsyncData): AsyncOutputs => ({
    input,
    output,
    failure,
    ...(successTopic && { successTopicArn: successTopic }),
    ...(errorTopic && { errorTopicArn: errorTopic }),
});

/**
 * The same component under each pattern that it could be of. A stack that switches its pattern so keeps images, artifacts and role, and
 * its endpoint, which is moved to the new model in place; without, the engine would delete one and create another of the same name.
 */
const underAnyPattern = (name: string): pulumi.Alias[] =>
    Object.values(PATTERN_TYPES).map((type) => ({ parent: pulumi.createUrn(name, type) }));

/** What every pattern ends in: a model, and the endpoint that serves it, the batch transform that runs it, or both. */
export function hostModel(name: string, { steps, mode, ...uses }: HostModelArgs, parent: pulumi.Resource): HostedModel {
    const child = { parent, aliases: underAnyPattern(name) };
    const { endpoint: settings, transform, registry, modelPackage } = uses;
    const surroundings = modelSurroundings(name, uses, steps, child);
    const { keyArn, network } = surroundings;
    const watch: WatchSettings = { ...uses, keyArn };
    const care = { keyArn, accessLogBucket: uses.accessLogBucket };
    const data = transform && new TransformData(name, { settings: transform, ...care }, child);
    const queue = settings?.async && new AsyncData(name, { settings: settings.async, ...care }, child);
    const capture = settings?.dataCapture && new DataCapture(name, { settings: settings.dataCapture, ...care }, child);
    const role = {
        ...(settings && { endpointName: settings.name, rollbackAlarms: rollbackAlarmNames(name, settings) }),
        ...(data && { transformData: data }),
        grants: [...(capture?.grants ?? []), ...(queue?.grants ?? []), ...surroundings.grants],
    };
    const runs = settings !== undefined || transform !== undefined;
    const registration = registry && { registry, uses: instanceUses(settings, transform) };
    const hosted =
        modelPackage === undefined
            ? new Model(
                  name,
                  {
                      steps,
                      ...(mode && { mode }),
                      ...role,
                      ...(registration && { registration }),
                      runs,
                      network,
                      ...care,
                  },
                  child,
              )
            : new PackagedModel(name, { found: modelPackage, steps, mode: mode ?? "serial", ...role, network }, child);
    const { name: modelName, models, roleArn }: Hosted = hosted;
    if (roleArn !== undefined) surroundings.setRoleArn(roleArn);
    const endpoint =
        settings === undefined || modelName === undefined
            ? undefined
            : new Endpoint(
                  name,
                  {
                      ...startupNeeds(steps),
                      ...settings,
                      modelName,
                      asyncPlaces: queue,
                      logGroup: logGroup(name, settings.name, watch, child),
                      capture,
                      volumeKeyArn: surroundings.volumeKeyArn,
                  },
                  child,
              );
    if (endpoint !== undefined && settings !== undefined) adviseOnSizes(models, settings, endpoint);
    const watching = settings && observe(name, watchedEndpoint(settings, steps, mode ?? "serial"), watch, child);
    const batch =
        transform === undefined || data === undefined || modelName === undefined
            ? undefined
            : new BatchTransform(
                  name,
                  { settings: transform, modelName, data, keyArn, logDays: retentionDays(uses.logs) },
                  child,
              );
    return {
        ...(endpoint && { endpointName: endpoint.name, endpointConfigName: endpoint.configurationName }),
        ...(endpoint?.callerPolicies && { callerPolicies: endpoint.callerPolicies }),
        ...(queue && { async: asyncOutputs(queue) }),
        ...watching,
        ...(capture && { dataCaptureUri: capture.uri }),
        ...packageOutputs(hosted, modelPackage),
        ...surroundings.outputs,
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

/** What is made of the steps, or of a version of a model package. */
type Hosted = Partial<Pick<Model, "name" | "models" | "registered" | "roleArn">>;

const packageOutputs = (
    { registered }: Hosted,
    found: FoundPackage | undefined,
): Pick<HostedModel, "modelPackageGroup" | "modelPackageArn"> => ({
    ...(registered && { modelPackageGroup: registered.group, modelPackageArn: registered.packageArn }),
    ...(found && { modelPackageArn: pulumi.output(found.arn) }),
});

const instanceUses = (
    settings: EndpointSettings | undefined,
    transform: TransformSettings | undefined,
): InstanceUses => ({
    endpoint:
        settings === undefined || settings.serverless !== undefined
            ? []
            : hostings(settings).map(({ instanceType }) => instanceType),
    transform: transform === undefined ? [] : [completeTransform(transform).instanceType],
});

const rollbackAlarmNames = (name: string, settings: EndpointSettings): string[] =>
    settings.deployment === undefined ? [] : alarmNames(settings.deployment.rollback, name, hostings(settings));

/** The log group that the endpoint waits for; none where it is left to SageMaker. */
function logGroup(
    name: string,
    endpointName: string,
    { logs = {}, keyArn }: WatchSettings,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Resource | undefined {
    return logs === "none" ? undefined : new EndpointLogGroup(name, { endpointName, ...logs, keyArn }, opts).group;
}

/** Tells, with the endpoint's resource, what to expect of many models on its instances. */
function adviseOnSizes(models: ManyModels | undefined, settings: EndpointSettings, endpoint: Endpoint): void {
    void models?.sizes.apply(async (sizes) => {
        for (const { severity, message } of sizingAdvice(models.step, sizes, settings)) {
            await pulumi.log[severity](message, endpoint);
        }
    });
}

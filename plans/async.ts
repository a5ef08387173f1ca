import type { Input } from "@pulumi/pulumi";
import type { EndpointSettings } from "./endpoint.ts";
import type { ExecutionMode } from "./pipeline.ts";
import { multiModelSteps, type Step } from "./step.ts";

/** Requests that wait in a queue: each names an object in S3, and its result becomes another. */
export interface Async {
    /** `s3://bucket/prefix/` that callers put requests below, and that is there already. @default - `input/` of a bucket made for it */
    readonly input?: string;
    /** `s3://bucket/prefix/` for results. @default - `output/` of that bucket */
    readonly output?: string;
    /** `s3://bucket/prefix/` for what went wrong. @default - `failure/` of that bucket */
    readonly failure?: string;
    /** Topic that hears of each result: its ARN, or `create`. @default - none */
    readonly successTopic?: string;
    /** Topic that hears of each failure: its ARN, or `create`. @default - none */
    readonly errorTopic?: string;
    /** Requests in flight to each instance, 1–1000. @default - SageMaker's choice */
    readonly maxConcurrentInvocationsPerInstance?: number;
    /** ARN of the key that results are encrypted with. @default - the stack's key; without one S3's own encryption */
    readonly kmsKey?: string;
}

/** What asynchronous inference uses, as URIs and ARNs. */
export interface AsyncPlaces {
    readonly output: Input<string>;
    readonly failure: Input<string>;
    readonly successTopic?: Input<string>;
    readonly errorTopic?: Input<string>;
    /** ARN of the stack's key, which encrypts results where the settings name no other. @default - S3's own encryption */
    readonly key?: Input<string>;
}

/** What EndpointConfiguration takes. */
export const planAsync = (
    { maxConcurrentInvocationsPerInstance, kmsKey }: Async,
    { output, failure, successTopic, errorTopic, key }: AsyncPlaces,
) => ({
    asyncInferenceConfig: {
        outputConfig: {
            s3OutputPath: output,
            s3FailurePath: failure,
            ...((kmsKey ?? key) === undefined ? {} : { kmsKeyId: kmsKey ?? key }),
            ...(successTopic === undefined && errorTopic === undefined
                ? {}
                : { notificationConfig: { ...(successTopic && { successTopic }), ...(errorTopic && { errorTopic }) } }),
        },
        ...(maxConcurrentInvocationsPerInstance === undefined
            ? {}
            : { clientConfig: { maxConcurrentInvocationsPerInstance } }),
    },
});

/** Every rule that an asynchronous endpoint breaks. */
export function asyncProblems(endpoint: EndpointSettings, steps: readonly Step[], mode: ExecutionMode): string[] {
    const { async: settings, serverless } = endpoint;
    if (settings === undefined) return [];
    const problems: string[] = [];
    if (mode === "direct") {
        problems.push(
            "endpoint.async: InvokeEndpointAsync has no TargetContainerHostname, by which mode direct finds its container",
        );
    }
    for (const { name } of multiModelSteps(steps)) {
        problems.push(
            `endpoint.async: InvokeEndpointAsync has no TargetModel, by which multi-model step "${name}" finds its model`,
        );
    }
    if (serverless !== undefined) {
        problems.push("endpoint.async: a serverless endpoint answers at once or not at all; leave out one of the two");
    }
    return [...problems, ...prefixProblems(settings)];
}

function prefixProblems({ input, output, failure }: Async): string[] {
    const others = Object.entries({ output, failure });
    return others.flatMap(([key, prefix]) =>
        input !== undefined && prefix !== undefined && (prefix.startsWith(input) || input.startsWith(prefix))
            ? [`endpoint.async.${key}: "${prefix}" and endpoint.async.input "${input}" lie in each other`]
            : [],
    );
}

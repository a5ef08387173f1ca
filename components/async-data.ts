import * as pulumi from "@pulumi/pulumi";
import type { Async, AsyncPlaces } from "../plans/async.ts";
import { asyncStatements } from "../plans/iam/async.ts";
import type { Statement } from "../plans/iam/statement.ts";
import type { BucketCare } from "./private-bucket.ts";
import { privateTopic } from "./private-topic.ts";
import { objectsBelow, placePrefixes } from "./s3-prefix.ts";

/** The stack's key encrypts topics that are made here, too, and results where the settings name no other. */
export interface AsyncDataArgs extends BucketCare {
    readonly settings: Async;
}

/**
 * Where an asynchronous endpoint finds requests, leaves results and failures, and tells of them. What the settings do not place lies in a
 * bucket of its own, which cannot be deleted while it holds something.
 */
export class AsyncData extends pulumi.ComponentResource implements AsyncPlaces {
    /** `s3://bucket/prefix/` */
    readonly input: pulumi.Output<string>;
    readonly output: pulumi.Output<string>;
    readonly failure: pulumi.Output<string>;
    /** ARNs. @default - nobody hears */
    readonly successTopic?: pulumi.Output<string>;
    readonly errorTopic?: pulumi.Output<string>;
    /** ARN of the stack's key. @default - AWS's own keys */
    readonly key?: pulumi.Input<string>;
    /** What the execution role needs for it. */
    readonly grants: readonly Statement[];

    constructor(name: string, { settings, ...care }: AsyncDataArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:AsyncData", name, {}, opts);
        const { keyArn } = care;
        if (keyArn !== undefined) this.key = keyArn;
        const { input, output, failure } = placePrefixes(
            `${name}-async`,
            { input: settings.input, output: settings.output, failure: settings.failure },
            this,
            care,
        ).prefixes;
        this.input = input.uri;
        this.output = output.uri;
        this.failure = failure.uri;
        const successTopic = this.topic(`${name}-success`, settings.successTopic);
        const errorTopic = this.topic(`${name}-error`, settings.errorTopic);
        if (successTopic !== undefined) this.successTopic = successTopic;
        if (errorTopic !== undefined) this.errorTopic = errorTopic;
        this.grants = asyncStatements({
            inputBucket: input.bucketArn,
            inputKeys: pulumi.interpolate`${input.key}*`,
            inputObjects: objectsBelow(input),
            outputObjects: [output, failure].map(objectsBelow),
            topics: [successTopic, errorTopic].filter((topic) => topic !== undefined),
            keys: [settings.kmsKey, keyArn].filter((key) => key !== undefined),
        });
        this.registerOutputs({ input: this.input, output: this.output, failure: this.failure });
    }

    private topic(name: string, given: string | undefined): pulumi.Output<string> | undefined {
        if (given === undefined) return undefined;
        if (given !== "create") return pulumi.output(given);
        return privateTopic(name, { key: this.key ?? "alias/aws/sns" }, this);
    }
}

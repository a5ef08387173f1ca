import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { stackName } from "../plans/environment.ts";
import { keyPolicyStatements } from "../plans/iam/key-policy.ts";
import { policyDocument } from "../plans/iam/statement.ts";
import { MADE_KEY_DEFAULTS, type MadeKeySettings } from "../plans/key.ts";

export interface StackKeyArgs extends MadeKeySettings {
    /** ARN of the model's execution role. @default - nothing runs the model */
    readonly executionRole?: pulumi.Input<string>;
    /** Accounts that deploy what the stack registers. */
    readonly readers: readonly string[];
    /** Names of the log groups that it encrypts. */
    readonly logGroups: readonly string[];
    /** Whether alarms publish to topics that it encrypts. */
    readonly alarms: boolean;
}

/** The services that keep what a stack encrypts, and ask KMS in the name of whoever asks them. */
const SERVICES = ["ecr", "s3", "sagemaker", "sns"];

/** Those of them that hold images and model data. */
const STORES = ["ecr", "s3"];

/** A KMS key of the stack's own: rotated, and 30 days in the bin once its stack is destroyed. */
export class StackKey extends pulumi.ComponentResource {
    /** ARN, known once the key's policy is in force: CloudWatch Logs refuses a group whose key it may not use. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: StackKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:StackKey", name, {}, opts);
        const child = { parent: this };
        const { deletionDays, rotationDays } = { ...MADE_KEY_DEFAULTS, ...args };
        const stack = stackName(name, pulumi.getStack());
        const key = new aws.kms.Key(
            name,
            {
                description: `What stack ${stack} keeps and tells`,
                enableKeyRotation: true,
                rotationPeriodInDays: rotationDays,
                deletionWindowInDays: deletionDays,
            },
            child,
        );
        new aws.kms.Alias(name, { name: `alias/${stack}`, targetKeyId: key.keyId }, child);

        const { accountId } = aws.getCallerIdentityOutput({}, child);
        const { region } = aws.getRegionOutput({}, child);
        const { partition, dnsSuffix } = aws.getPartitionOutput({}, child);
        const statements = keyPolicyStatements({
            account: pulumi.interpolate`arn:${partition}:iam::${accountId}:root`,
            accountId,
            ...(args.executionRole !== undefined && { executionRole: args.executionRole }),
            readers: args.readers.map((reader) => pulumi.interpolate`arn:${partition}:iam::${reader}:root`),
            readThrough: STORES.map((service) => pulumi.interpolate`${service}.${region}.${dnsSuffix}`),
            through: SERVICES.map((service) => pulumi.interpolate`${service}.${region}.${dnsSuffix}`),
            logsService: pulumi.interpolate`logs.${region}.${dnsSuffix}`,
            logGroups: args.logGroups.map(
                (group) => pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:${group}`,
            ),
            alarms: args.alarms,
        });
        // a policy of its own, since it names the role and the role's policy names the key
        const policy = new aws.kms.KeyPolicy(
            name,
            { keyId: key.keyId, policy: pulumi.jsonStringify(policyDocument(statements)) },
            child,
        );
        this.arn = pulumi.all([key.arn, policy.id]).apply(([arn]) => arn);
        this.registerOutputs({ arn: this.arn });
    }
}

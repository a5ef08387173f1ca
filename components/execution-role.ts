import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { executionRoleTrust, type ModelReads, readStatements, runStatements } from "../plans/iam/execution-role.ts";
import { policyDocument, type Statement } from "../plans/iam/statement.ts";
import { endpointLogGroup, TRANSFORM_LOG_GROUP } from "../plans/log-groups.ts";
import { objectsBelow } from "./s3-prefix.ts";
import type { TransformData } from "./transform-data.ts";

export interface ExecutionRoleArgs extends ModelReads {
    /** The endpoint whose logs are written. @default - no endpoint */
    readonly endpointName?: string;
    /** Names of the alarms that roll its deployments back, or patterns of names. @default - none */
    readonly rollbackAlarms?: readonly string[];
    /** What a batch transform reads and writes. @default - no batch transform */
    readonly transformData?: TransformData;
    /** What else it may do. @default - nothing */
    readonly grants?: readonly Statement[];
}

/**
 * The role that SageMaker takes to pull images, read model data and write logs; it may do nothing else. Where that changes, new policies
 * come beside the old ones, which are deleted last: until the endpoint has moved, its old fleet may do what it could.
 */
export class ExecutionRole extends pulumi.ComponentResource {
    /** ARN; known only once the role's policies are attached, since CreateModel checks what the role may do. */
    readonly arn: pulumi.Output<string>;
    /** ARN before they are, to what they name and what names the role. */
    readonly ownArn: pulumi.Output<string>;

    constructor(name: string, args: ExecutionRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:ExecutionRole", name, {}, opts);
        const child = { parent: this };

        const account = aws.getCallerIdentityOutput({}, child).accountId;
        const { region } = aws.getRegionOutput({}, child);
        const { partition } = aws.getPartitionOutput({}, child);
        const { endpointName, transformData, objects, prefixes, repositories } = args;
        const logGroups = [
            ...(endpointName === undefined ? [] : [endpointLogGroup(endpointName)]),
            ...(transformData === undefined ? [] : [TRANSFORM_LOG_GROUP]),
        ].map((group) => pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:${group}`);

        const role = new aws.iam.Role(
            name,
            { assumeRolePolicy: pulumi.jsonStringify(policyDocument(executionRoleTrust(account))) },
            child,
        );
        const running = [
            ...runStatements({
                ...(args.rollbackAlarms && {
                    alarms: args.rollbackAlarms.map(
                        (alarm) => pulumi.interpolate`arn:${partition}:cloudwatch:${region}:${account}:alarm:${alarm}`,
                    ),
                }),
                ...(transformData && { results: [objectsBelow(transformData.output)] }),
                logGroups: logGroups.flatMap((group) => [group, pulumi.interpolate`${group}:*`]),
            }),
            ...(args.grants ?? []),
        ];
        const reading = readStatements({ repositories, ...withTransform({ objects, prefixes }, transformData) });
        // two, since IAM takes 10,240 characters of a role's inline policies, old and new ones together
        const policies = Object.entries({ [name]: running, [`${name}-model-data`]: reading })
            .filter(([, statements]) => statements.length > 0)
            .map(
                ([policyName, statements]) =>
                    new aws.iam.RolePolicy(
                        policyName,
                        { role: role.name, policy: pulumi.jsonStringify(policyDocument(statements)) },
                        { ...child, replaceOnChanges: ["policy"] },
                    ),
            );

        this.ownArn = role.arn;
        // by URN: a preview does not know the id of a policy that is replaced, and would replace the model with it
        this.arn = pulumi.all([role.arn, pulumi.all(policies.map(({ urn }) => urn))]).apply(([arn]) => arn);
        this.registerOutputs({ arn: this.arn });
    }
}

/** What is read, the files of a batch transform with it. */
function withTransform(
    { objects, prefixes }: Pick<ModelReads, "objects" | "prefixes">,
    data: TransformData | undefined,
): Pick<ModelReads, "objects" | "prefixes"> {
    if (data === undefined) return { objects, prefixes };
    const { input } = data;
    const keys = pulumi.interpolate`${input.key}*`;
    return {
        objects: [...objects, objectsBelow(input)],
        prefixes: [...prefixes, { bucket: input.bucketArn, keys }],
    };
}

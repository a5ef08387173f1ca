import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { executionRoleStatements, executionRoleTrust, type ModelAccess } from "../plans/iam/execution-role.ts";
import { policyDocument, type Statement } from "../plans/iam/statement.ts";
import { endpointLogGroup, TRANSFORM_LOG_GROUP } from "../plans/log-groups.ts";
import type { RoleToCome } from "./role-to-come.ts";
import { objectsBelow } from "./s3-prefix.ts";
import type { TransformData } from "./transform-data.ts";

export interface ExecutionRoleArgs extends Pick<ModelAccess, "repositories" | "objects" | "prefixes"> {
    /** The endpoint whose logs are written. @default - no endpoint */
    readonly endpointName?: string;
    /** Names of the alarms that roll its deployments back, or patterns of names. @default - none */
    readonly rollbackAlarms?: readonly string[];
    /** What a batch transform reads and writes. @default - no batch transform */
    readonly transformData?: TransformData;
    /** What else it may do. @default - nothing */
    readonly grants?: readonly Statement[];
    /** With another value the role is a new one, and the old one stays as long as an old fleet has it. @default - changed in place */
    readonly generation?: string;
}

/** The role that SageMaker takes to pull images, read model data and write logs; it may do nothing else. */
export class ExecutionRole extends pulumi.ComponentResource {
    /** ARN; known only once the role's policy is attached, since CreateModel checks what the role may do. */
    readonly arn: pulumi.Output<string>;
    /** The role before its policy is attached, to those whom the policy names, and who name it. */
    readonly self: RoleToCome;

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
            { ...child, ...(args.generation !== undefined && { replacementTrigger: args.generation }) },
        );
        const statements = [
            ...executionRoleStatements({
                repositories,
                ...withTransform({ objects, prefixes }, transformData),
                ...(args.rollbackAlarms && {
                    alarms: args.rollbackAlarms.map(
                        (alarm) => pulumi.interpolate`arn:${partition}:cloudwatch:${region}:${account}:alarm:${alarm}`,
                    ),
                }),
                logGroups: logGroups.flatMap((group) => [group, pulumi.interpolate`${group}:*`]),
            }),
            ...(args.grants ?? []),
        ];
        const document = pulumi.jsonStringify(policyDocument(statements));
        const policy = new aws.iam.RolePolicy(name, { role: role.name, policy: document }, child);

        this.self = { arn: role.arn, policy: document };
        this.arn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
        this.registerOutputs({ arn: this.arn });
    }
}

/** What is read and written, the files and results of a batch transform with it. */
function withTransform(
    { objects, prefixes }: Pick<ModelAccess, "objects" | "prefixes">,
    data: TransformData | undefined,
): Pick<ModelAccess, "objects" | "prefixes" | "results"> {
    if (data === undefined) return { objects, prefixes };
    const { input, output } = data;
    const keys = pulumi.interpolate`${input.key}*`;
    return {
        objects: [...objects, objectsBelow(input)],
        prefixes: [...prefixes, { bucket: input.bucketArn, keys }],
        results: [objectsBelow(output)],
    };
}

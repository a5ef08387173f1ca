import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { executionRoleStatements, executionRoleTrust, type ModelAccess } from "../plans/iam/execution-role.ts";
import { policyDocument } from "../plans/iam/statement.ts";

export interface ExecutionRoleArgs extends Pick<ModelAccess, "repositories" | "objects" | "prefixes"> {
    /** The endpoint whose logs are written. */
    readonly endpointName: string;
}

/** The role that SageMaker takes to pull images, read model data and write logs; it may do nothing else. */
export class ExecutionRole extends pulumi.ComponentResource {
    /** ARN; known only once the role's policy is attached, since CreateModel checks what the role may do. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: ExecutionRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:ExecutionRole", name, args, opts);
        const child = { parent: this };

        const account = aws.getCallerIdentityOutput({}, child).accountId;
        const { region } = aws.getRegionOutput({}, child);
        const { partition } = aws.getPartitionOutput({}, child);
        const logGroup = pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/Endpoints/${args.endpointName}`;

        const role = new aws.iam.Role(
            name,
            { assumeRolePolicy: pulumi.jsonStringify(policyDocument(executionRoleTrust(account))) },
            child,
        );
        const statements = executionRoleStatements({
            ...args,
            logGroup: [logGroup, pulumi.interpolate`${logGroup}:*`],
        });
        const policy = new aws.iam.RolePolicy(
            name,
            { role: role.name, policy: pulumi.jsonStringify(policyDocument(statements)) },
            child,
        );

        this.arn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
        this.registerOutputs({ arn: this.arn });
    }
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { serviceTrust } from "../plans/iam/service-trust.ts";
import { policyDocument, type Statement } from "../plans/iam/statement.ts";

export interface ServiceRoleArgs {
    /** What the trust is called in its policy, such as `EventBridge`. */
    readonly sid: string;
    /** Who takes the role, acting for this account, such as `events.amazonaws.com`. */
    readonly service: string;
    /** What it may do. */
    readonly statements: readonly Statement[];
}

/**
 * A role that one of AWS's services takes. The resources are the children of `parent`, named as it is.
 * @returns its ARN, known once its policy is attached
 */
export function serviceRole(
    name: string,
    { sid, service, statements }: ServiceRoleArgs,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const child = { parent };
    const { accountId } = aws.getCallerIdentityOutput({}, child);
    const role = new aws.iam.Role(
        name,
        { assumeRolePolicy: pulumi.jsonStringify(policyDocument(serviceTrust(sid, service, accountId))) },
        child,
    );
    const policy = new aws.iam.RolePolicy(
        name,
        { role: role.name, policy: pulumi.jsonStringify(policyDocument(statements)) },
        child,
    );
    return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}

import * as pulumi from "@pulumi/pulumi";

/** The execution role to what is made before it, and names it in policies of its own. */
export interface RoleToCome {
    /** ARN. */
    readonly arn: pulumi.Output<string>;
    /** The role's policy document, as JSON. */
    readonly policy: pulumi.Output<string>;
}

/** A role that is not there yet, and what says which it is. */
export function roleToCome(): { readonly role: RoleToCome; readonly is: (role: RoleToCome) => void } {
    const [arn, setArn] = pulumi.deferredOutput<string>();
    const [policy, setPolicy] = pulumi.deferredOutput<string>();
    return {
        role: { arn, policy },
        is(role) {
            setArn(role.arn);
            setPolicy(role.policy);
        },
    };
}

import type { Fields } from "../../framework/fields.ts";
import { attached } from "../../framework/matching.ts";
import type { Resource } from "../../framework/resource.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";
import { allowing, identityPlaces } from "../iam/documents.ts";
import { POLICY, ROLE_POLICY, ROLE_POLICY_ATTACHMENT } from "../iam/types.ts";

/** A statement of what a role may do, and the resource that it is in. */
interface Allowed {
    readonly holder: Resource;
    readonly statement: Fields;
}

/** All that a role may do by policies of the stack: in it, beside it, and attached to it. */
export function roleStatements(stack: StackGraph, role: Resource): Allowed[] {
    const beside = attached(stack, [ROLE_POLICY], "role", role, "name");
    const managed = attached(stack, [ROLE_POLICY_ATTACHMENT], "role", role, "name").map((attachment) =>
        stack.referred(attachment, attachment.properties, "policyArn", POLICY, "arn"),
    );
    return [role, ...beside, ...managed]
        .filter((holder) => holder !== undefined)
        .flatMap((holder) =>
            identityPlaces(holder)
                .flatMap(allowing)
                .map((statement) => ({ holder, statement })),
        );
}

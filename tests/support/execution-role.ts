import type { RecordedResource } from "../../local/graph/recorded-resource.ts";

export interface RoleStatement {
    readonly Sid: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: Readonly<Record<string, unknown>>;
}

/** What the role that trusts a service may do, by all of its policies; by default the execution role. */
export function roleStatements(
    resources: readonly RecordedResource[],
    service = "sagemaker.amazonaws.com",
): readonly RoleStatement[] {
    const role = resources.find(
        ({ type, inputs }) => type === "aws:iam/role:Role" && String(inputs["assumeRolePolicy"]).includes(service),
    );
    if (role === undefined) throw new Error(`no role trusts ${service}`);
    return resources
        .filter(
            ({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs["role"] === role.outputs["name"],
        )
        .flatMap(({ inputs }) => (JSON.parse(String(inputs["policy"])) as { Statement: RoleStatement[] }).Statement);
}

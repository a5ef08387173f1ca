import { resourceRule } from "../../framework/rule.ts";
import { ACLS, BUCKETS } from "./types.ts";

const PUBLIC = ["public-read", "public-read-write", "authenticated-read", "website"];
const EVERYBODY = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

const [bucket = "", ...others] = [...BUCKETS, ...ACLS];

export const s3AclNotPublic = resourceRule({
    id: "s3-acl-not-public",
    title: "No access control list lets everybody in.",
    why: "The list public-read lists and reads for the whole world; authenticated-read for everybody who has an AWS account, which is the same.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_20" },
        { standard: "Checkov", id: "CKV_AWS_57" },
        { standard: "Security Hub", id: "S3.2" },
        { standard: "Security Hub", id: "S3.3" },
    ],
    remediation: "Leave the list out, and give access by a policy.",
    level: "mandatory",
    types: [bucket, ...others],
    check: ({ properties }) => {
        const canned = properties.text("acl");
        const granted = [
            ...(properties.block("accessControlPolicy")?.blocks("grants") ?? []).map(
                (grant) => grant.block("grantee")?.text("uri") ?? "",
            ),
            ...properties.blocks("grants").map((grant) => grant.text("uri") ?? ""),
        ].filter((uri) => EVERYBODY.test(uri));
        return [
            ...(canned !== undefined && PUBLIC.includes(canned)
                ? [properties.problem("acl", `is ${canned}; accepted: private`)]
                : []),
            ...(granted.length > 0
                ? [
                      properties.problem(
                          properties.has("grants") ? "grants" : "accessControlPolicy",
                          `lets ${granted.join(", ")} in; accepted: named accounts`,
                      ),
                  ]
                : []),
        ];
    },
});

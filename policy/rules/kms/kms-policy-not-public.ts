import { resourceRule } from "../../framework/rule.ts";
import { publicProblems } from "../iam/public-access.ts";
import { KEY } from "./types.ts";

export const kmsPolicyNotPublic = resourceRule({
    id: "kms-policy-not-public",
    title: "A key is for named principals.",
    why: "A key's policy alone decides on the key: with Principal * and no condition whoever has what it encrypts can open it, from any account.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_33" }],
    remediation: "Name the account or the roles, or limit the statement to callers of one's own by kms:CallerAccount.",
    level: "mandatory",
    types: [KEY, "aws:kms/keyPolicy:KeyPolicy"],
    check: publicProblems,
});

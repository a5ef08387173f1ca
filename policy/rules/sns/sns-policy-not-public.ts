import { resourceRule } from "../../framework/rule.ts";
import { publicProblems } from "../iam/public-access.ts";
import { TOPIC, TOPIC_POLICY } from "./types.ts";

export const snsPolicyNotPublic = resourceRule({
    id: "sns-policy-not-public",
    title: "A topic is for named principals.",
    why: "Whoever may publish can wake people at night or drown a real alarm; whoever may subscribe reads along.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_169" }],
    remediation: "Name who publishes, or the account by a condition.",
    level: "mandatory",
    types: [TOPIC, TOPIC_POLICY],
    check: publicProblems,
});

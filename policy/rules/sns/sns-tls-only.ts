import { eachResource } from "../../framework/each.ts";
import { IN_PROD } from "../../framework/level.ts";
import { attached } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { isWritten } from "../iam/document-problems.ts";
import { resourcePlaces, statementsOf } from "../iam/documents.ts";
import { deniesWithoutTls } from "../iam/tls-only.ts";
import { TOPIC, TOPIC_POLICY } from "./types.ts";

export const snsTlsOnly = stackRule({
    id: "sns-tls-only",
    title: "A topic takes messages over TLS alone.",
    why: "SNS answers without TLS too; a message that passes in clear text can be read and replaced on its way.",
    controls: [{ standard: "ours", id: "encryption in transit" }],
    remediation: "Add a policy that denies sns:Publish to everybody where aws:SecureTransport is false.",
    level: IN_PROD,
    check: (stack) =>
        eachResource(stack.ofType(TOPIC), (topic) => {
            const policies = attached(stack, [TOPIC_POLICY], "arn", topic, "arn");
            const places = [topic, ...policies].flatMap(resourcePlaces);
            if (!places.every(isWritten)) return []; // which iam-policy-document says
            const statements = places.flatMap(statementsOf);
            if (statements.some((statement) => deniesWithoutTls(statement, "sns", "Publish"))) return [];
            if (policies.length === 0)
                return [{ message: "no policy says that the topic takes TLS alone; accepted: one that does" }];
            return policies.map((policy) => ({
                resource: policy,
                path: "policy",
                message: "policy does not deny sns:Publish without TLS; accepted: one that does",
            }));
        }),
});

import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { isWritten } from "../iam/document-problems.ts";
import { resourcePlaces, statementsOf } from "../iam/documents.ts";
import { deniesWithoutTls } from "../iam/tls-only.ts";
import { BUCKET_POLICIES, BUCKETS, ofBucket } from "./types.ts";

export const s3TlsOnly = stackRule({
    id: "s3-tls-only",
    title: "A bucket answers over TLS alone.",
    why: "Model data and captured requests that pass in clear text can be read, and replaced, on their way.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_379" },
        { standard: "Security Hub", id: "S3.5" },
        { standard: "AWS Config", id: "s3-bucket-ssl-requests-only" },
    ],
    remediation:
        "Add a policy that denies s3:* on the bucket and its objects to everybody where aws:SecureTransport is false.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(...BUCKETS), (bucket) => {
            const policies = ofBucket(stack, BUCKET_POLICIES, bucket);
            if (policies.length === 0)
                return [{ message: "no policy names the bucket; accepted: one that takes TLS alone" }];
            const places = policies.flatMap(resourcePlaces);
            if (!places.every(isWritten)) return []; // which iam-policy-document says
            const name = bucket.properties.text("bucket");
            const isHeld = places.flatMap(statementsOf).some((statement) => {
                const resources = statement.texts("Resource");
                const [ofBucketItself, ofObjects] = [`:::${name ?? ""}`, `:::${name ?? ""}/*`].map((end) =>
                    resources.some((arn) => arn === "*" || arn.endsWith(end)),
                );
                return deniesWithoutTls(statement, "s3") && ofBucketItself === true && ofObjects === true;
            });
            if (isHeld) return [];
            return [
                {
                    path: "policy",
                    message:
                        "policy does not deny s3:* on the bucket and its objects without TLS; accepted: one that does",
                    ...(policies[0] && { resource: policies[0] }),
                },
            ];
        }),
});

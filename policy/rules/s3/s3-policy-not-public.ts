import { resourceRule } from "../../framework/rule.ts";
import { publicProblems } from "../iam/public-access.ts";

export const s3PolicyNotPublic = resourceRule({
    id: "s3-policy-not-public",
    title: "No policy of a bucket lets everybody in.",
    why: "A statement for everybody publishes the models, or lets anybody replace them.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_70" },
        { standard: "Security Hub", id: "S3.2" },
        { standard: "Security Hub", id: "S3.3" },
    ],
    remediation: "Name who reads and writes.",
    level: "mandatory",
    types: ["aws:s3/bucketPolicy:BucketPolicy"],
    check: publicProblems,
});

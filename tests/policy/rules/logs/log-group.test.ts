import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { logGroupKms } from "../../../../policy/rules/logs/log-group-kms.ts";
import { logGroupRetention } from "../../../../policy/rules/logs/log-group-retention.ts";
import { logGroupYear } from "../../../../policy/rules/logs/log-group-year.ts";
import { describeRule } from "../../describe-rule.ts";

const TAKEN = "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
describeRule(logGroupRetention, {
    passes: { "a month": { retentionInDays: 30 } },
    fails: {
        "CloudWatch's default": [{}, "retentionInDays is not set, which is for ever; accepted: days"],
        "the same by a number": [{ retentionInDays: 0 }, "retentionInDays is 0, which is for ever; accepted: days"],
        "days that CloudWatch refuses": [
            { retentionInDays: 31 },
            `retentionInDays is 31, which CloudWatch refuses; accepted: ${TAKEN}`,
        ],
    },
    waits: { "days that are not known": [{ retentionInDays: NOT_KNOWN }, "it: retentionInDays"] },
});

describeRule(logGroupYear, {
    passes: { "a year": { retentionInDays: 365 }, "for ever, which is another rule's matter": { retentionInDays: 0 } },
    fails: { "a month": [{ retentionInDays: 30 }, "retentionInDays is 30; accepted: 365 or more"] },
});
describeRule(logGroupYear, {
    settings: { days: 30 },
    passes: { "a month": { retentionInDays: 30 } },
    fails: { "a fortnight": [{ retentionInDays: 14 }, "retentionInDays is 14; accepted: 30 or more"] },
});

describeRule(logGroupKms, {
    passes: { "a key, known or not": { kmsKeyId: NOT_KNOWN } },
    fails: { none: [{}, "kmsKeyId is not set; accepted: the ARN of a KMS key"] },
});

import { z } from "zod";
import { ONLY_IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { KEY } from "./types.ts";

/** KMS takes no others. */
const KMS = { min: 7, max: 30 } as const;

export const kmsDeletionWindow = resourceRule({
    id: "kms-deletion-window",
    title: "A key that is deleted can be had back for a month.",
    why: "With the key goes all that it encrypts, and what still needs it shows at the next start of an instance: that may be weeks.",
    controls: [{ standard: "ours", id: "time to notice" }],
    remediation: "Raise deletionWindowInDays, or leave it out: KMS then waits 30 days.",
    level: ONLY_IN_PROD,
    options: {
        days: z
            .int()
            .min(KMS.min)
            .max(KMS.max)
            .default(KMS.max)
            .describe("Days at least between the deletion and the loss."),
    },
    types: [KEY],
    check: ({ properties: key }, { options: { days } }) => {
        const window = key.number("deletionWindowInDays") ?? KMS.max;
        if (window >= days && window <= KMS.max) return [];
        const accepted = days === KMS.max ? String(days) : `${days} to ${KMS.max}`;
        return [key.problem("deletionWindowInDays", `is ${window}; accepted: ${accepted}`)];
    },
});

import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { KEY } from "./types.ts";

/** Keys that KMS cannot rotate by itself: pairs, and those for codes. */
const isSymmetric = (spec: string | undefined): boolean => spec === undefined || spec === "SYMMETRIC_DEFAULT";

export const kmsRotation = resourceRule({
    id: "kms-rotation",
    title: "A key is rotated.",
    why: "A key that got out opens what is encrypted from then on until somebody notices; rotated, it opens a year of it at most.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_7" },
        { standard: "Security Hub", id: "KMS.4" },
        { standard: "AWS Config", id: "cmk-backing-key-rotation-enabled" },
    ],
    remediation: "Set enableKeyRotation to true.",
    level: RAISED,
    types: [KEY],
    check: ({ properties: key }) => {
        if (!isSymmetric(key.text("customerMasterKeySpec")) || key.flag("enableKeyRotation") === true) return [];
        return [
            key.problem(
                "enableKeyRotation",
                `is ${key.has("enableKeyRotation") ? "false" : "not set"}; accepted: true`,
            ),
        ];
    },
});

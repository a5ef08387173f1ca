import { z } from "zod";
import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { isForAllObjects, letsGo, lifecycleRules } from "./lifecycle-rules.ts";
import { LIFECYCLES } from "./types.ts";

const [lifecycle = "", ...older] = LIFECYCLES;

export const s3AbortUploads = resourceRule({
    id: "s3-abort-uploads",
    title: "Uploads that were given up are cleared away.",
    why: "The parts of an artifact whose upload broke off are in no listing, and are paid for until they are aborted.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_300" }],
    remediation: "Add a rule for all objects with abortIncompleteMultipartUpload.daysAfterInitiation.",
    level: RAISED,
    options: { days: z.int().min(1).default(7).describe("Days after which an upload is aborted, at most.") },
    types: [lifecycle, ...older],
    check: (resource, { options: { days } }) => {
        const rules = lifecycleRules(resource);
        const aborting = rules
            .filter(isForAllObjects)
            .map((rule) => rule.block("abortIncompleteMultipartUpload")?.number("daysAfterInitiation"))
            .filter((after) => after !== undefined);
        if (aborting.some((after) => after >= 1 && after <= days)) return [];
        if (aborting.length === 0 && !rules.some(letsGo)) return []; // no lifecycle at all, which s3-lifecycle says
        const found =
            aborting.length === 0
                ? "has no rule for all objects that aborts uploads"
                : `aborts uploads after ${Math.min(...aborting)} days`;
        return [resource.properties.problem("rules", `${found}; accepted: after 1 to ${days} days`)];
    },
});

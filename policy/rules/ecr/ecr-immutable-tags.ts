import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { REPOSITORY } from "./types.ts";

export const ecrImmutableTags = resourceRule({
    id: "ecr-immutable-tags",
    title: "A tag, once pushed, names one image for ever.",
    why: "A tag that can be moved makes what was tested and what runs two things, and lets whoever may push replace what is live.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_51" },
        { standard: "Security Hub", id: "ECR.2" },
        { standard: "AWS Config", id: "ecr-private-tag-immutability-enabled" },
    ],
    remediation: "Set imageTagMutability to IMMUTABLE, and tag each image by what it was made of.",
    level: RAISED,
    types: [REPOSITORY],
    check: ({ properties: repository }) => {
        const mutability = repository.text("imageTagMutability");
        if (mutability === "IMMUTABLE") return [];
        return [repository.problem("imageTagMutability", `is ${mutability ?? "not set"}; accepted: IMMUTABLE`)];
    },
});

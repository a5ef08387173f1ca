import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { attached } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { REPOSITORY } from "./types.ts";

export const ecrLifecycle = stackRule({
    id: "ecr-lifecycle",
    title: "A repository deletes images that nobody needs any more.",
    why: "Each release adds gigabytes that are paid for month by month, and a repository holds 20,000 images: then no push gets through.",
    controls: [
        { standard: "Security Hub", id: "ECR.3" },
        { standard: "AWS Config", id: "ecr-private-lifecycle-policy-configured" },
    ],
    remediation: "Add an aws.ecr.LifecyclePolicy that keeps as many images as a rollback needs.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(REPOSITORY), (repository) => {
            const policies = attached(
                stack,
                ["aws:ecr/lifecyclePolicy:LifecyclePolicy"],
                "repository",
                repository,
                "name",
            );
            const isBounded = policies.some(
                ({ properties }) => (properties.json("policy")?.blocks("rules").length ?? 0) > 0,
            );
            return isBounded
                ? []
                : [{ message: "no lifecycle policy with a rule names the repository; accepted: one" }];
        }),
});

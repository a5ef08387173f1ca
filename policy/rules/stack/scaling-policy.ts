import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { isSageMaker } from "../sagemaker/scalable-variant.ts";
import { ENDPOINT, SCALABLE_TARGET } from "../sagemaker/types.ts";
import { SCALING_POLICY, SCHEDULED_ACTION } from "./types.ts";

export const scalingPolicy = stackRule({
    id: "scaling-policy",
    title: "What may be scaled is scaled: by a policy, or by a schedule.",
    why: "A scalable target says within which bounds; without a policy or a schedule the number of instances never changes.",
    controls: [{ standard: "ours", id: "a target that nothing moves" }],
    remediation: "Add an aws.appautoscaling.Policy or a ScheduledAction of the target's resourceId.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(SCALABLE_TARGET), ({ properties: target }) => {
            if (!isSageMaker(target)) return [];
            const resourceId = target.text("resourceId") ?? "";
            const [, endpointName] = /^endpoint\/([^/]+)\//.exec(resourceId) ?? [];
            const isOurs = stack.ofType(ENDPOINT).some(({ properties }) => properties.text("name") === endpointName);
            if (!isOurs) return []; // a target of nothing: its endpoint is the one that lacks one
            const moving = matching(
                stack.ofType(SCALING_POLICY, SCHEDULED_ACTION),
                ({ properties }) => properties.text("resourceId") === resourceId,
            );
            if (moving.length > 0) return [];
            return [
                target.problem(
                    "resourceId",
                    `is ${resourceId}, which no policy and no schedule names; accepted: one that does`,
                ),
            ];
        }),
});

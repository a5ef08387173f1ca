import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { LOG_GROUP } from "../logs/types.ts";
import { ENDPOINT } from "../sagemaker/types.ts";

export const endpointLogGroup = stackRule({
    id: "endpoint-log-group",
    title: "The log group of an endpoint is the stack's.",
    why: "SageMaker makes the group where there is none: with no retention, no key, and nobody who deletes it.",
    controls: [{ standard: "ours", id: "an endpoint without a log group with retention" }],
    remediation: "Add an aws.cloudwatch.LogGroup of that name that the endpoint depends on.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(ENDPOINT), (endpoint) => {
            const wanted = `/aws/sagemaker/Endpoints/${endpoint.properties.text("name") ?? ""}`;
            const groups = matching(stack.ofType(LOG_GROUP), ({ properties }) => properties.text("name") === wanted);
            return groups.length > 0 ? [] : [{ message: `no log group is called ${wanted}; accepted: one` }];
        }),
});

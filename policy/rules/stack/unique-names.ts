import { eachResource } from "../../framework/each.ts";
import { matching } from "../../framework/matching.ts";
import type { Resource } from "../../framework/resource.ts";
import { stackRule } from "../../framework/rule.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";

/** Types that AWS tells apart by a name, and the property that holds it. */
const NAMED: Readonly<Record<string, string>> = {
    "aws:sagemaker/endpoint:Endpoint": "name",
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": "name",
    "aws:sagemaker/model:Model": "name",
    "aws:cloudwatch/logGroup:LogGroup": "name",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "name",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmName",
    "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
    "aws:cloudwatch/eventRule:EventRule": "name",
    "aws:ecr/repository:Repository": "name",
    "aws:iam/role:Role": "name",
    "aws:kms/alias:Alias": "name",
    "aws:s3/bucket:Bucket": "bucket",
    "aws:sfn/stateMachine:StateMachine": "name",
    "aws:sns/topic:Topic": "name",
    "aws:sqs/queue:Queue": "name",
    "aws:budgets/budget:Budget": "name",
};

/** The name that AWS knows it by. @returns undefined for one that the provider made up, which is unique */
function physicalName({ type, name: logical, properties }: Resource, key = NAMED[type]): string | undefined {
    const name = key === undefined ? undefined : properties.text(key);
    const isMadeUp = name?.startsWith(`${logical}-`) === true && /^[0-9a-f]{7}$/.test(name.slice(logical.length + 1));
    return isMadeUp ? undefined : name;
}

/** The first resource of its type and region with a name; one whose name is not known waits for itself. */
const firstOf = (stack: StackGraph, { type, region }: Resource, name: string): Resource | undefined =>
    matching(stack.ofType(type), (one) => one.region === region && physicalName(one) === name)[0];

export const uniqueNames = stackRule({
    id: "unique-names",
    title: "No two resources of a kind have one name.",
    why: "The second is refused in the middle of a deployment, or takes over the first: two log groups of one name are one, deleted by either.",
    controls: [{ standard: "ours", id: "two resources with the same physical name" }],
    remediation: "Give each a name of its own, or none.",
    level: "mandatory",
    check: (stack) =>
        eachResource(stack.ofType(...Object.keys(NAMED)), (resource) => {
            const name = physicalName(resource);
            const other = name === undefined ? undefined : firstOf(stack, resource, name);
            if (name === undefined || other === undefined || other === resource) return [];
            return [
                resource.properties.problem(
                    NAMED[resource.type] ?? "name",
                    `is "${name}", which ${other.name} has too; accepted: a name of its own`,
                ),
            ];
        }),
});

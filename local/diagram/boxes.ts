import { type Fields, type Graph, text } from "../graph/graph.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";
import type { Box, Kind } from "./picture.ts";

type Draw = (graph: Graph) => Box[];

/** A box for each resource of a type. */
const each =
    (
        type: string,
        kind: Kind,
        title: string,
        lines: (inputs: Fields, resource: RecordedResource) => readonly string[],
    ): Draw =>
    (graph) =>
        graph
            .ofType(type)
            .map((resource) => ({ id: resource.urn, title, lines: lines(resource.inputs, resource), kind }));

/** One box for all resources of a type that have the same parent. */
const together =
    (type: string, parent: string, kind: Kind, title: (count: number) => string): Draw =>
    (graph) =>
        graph.ofType(parent).flatMap(({ urn }) => {
            const inside = graph.ofType(type).filter((resource) => resource.parent === urn);
            return inside.length === 0
                ? []
                : [{ id: urn, title: title(inside.length), lines: inside.map(({ name }) => name), kind }];
        });

const all =
    (...draws: readonly Draw[]): Draw =>
    (graph) =>
        draws.flatMap((draw) => draw(graph));

const alarms = (count: number): string => (count === 1 ? "1 alarm" : `${count} alarms`);

const bucket =
    (folder: string, title: string): Draw =>
    (graph) =>
        graph
            .ofType("s3/bucket:Bucket")
            .filter(({ name }) => name.endsWith(`-${folder}`))
            .map((resource) => ({ id: resource.urn, title, lines: [`bucket ${resource.name}`], kind: "storage" }));

const topic = (graph: Graph): Box[] =>
    graph.ofType("sns/topic:Topic").map((resource) => {
        const subscribers = graph
            .ofType("TopicSubscription")
            .filter(({ inputs }) => inputs["topic"] === resource.outputs["arn"]);
        return {
            id: resource.urn,
            title: "SNS topic",
            lines: [resource.name, ...subscribers.map(({ inputs }) => text(inputs["endpoint"]))],
            kind: "watching",
        };
    });

/** The VPC that the stack makes, and by which ways its containers leave it. */
const madeVpc = each("awsx:ec2:Vpc", "guard", "VPC", ({ cidrBlock, numberOfAvailabilityZones }) => [
    `${text(cidrBlock)}, ${String(numberOfAvailabilityZones)} zones`,
    "no way to the internet",
]);

const endpointsOf: Draw = (graph) => {
    const services = graph.ofType("ec2/vpcEndpoint:VpcEndpoint").map(({ inputs }) =>
        // com.amazonaws.REGION.SERVICE
        text(inputs["serviceName"]).split(".").slice(3).join("."),
    );
    if (services.length === 0) return [];
    return [{ id: "VPC endpoints", title: "VPC endpoints", lines: services.sort(), kind: "guard" }]; // made in no order
};

const givenSubnets: Draw = (graph) =>
    graph.ofType("index:GivenSubnets").map(({ urn }) => ({
        id: urn,
        title: "subnets of a VPC",
        lines: ["not of this stack"],
        kind: "guard",
    }));

const registered = each("cloudcontrol/resource:Resource", "guard", "model package", ({ desiredState }) => {
    const { ModelPackageGroupName, ModelApprovalStatus } = JSON.parse(text(desiredState)) as Record<string, string>;
    return [`a version of ${ModelPackageGroupName ?? ""}`, `${ModelApprovalStatus ?? ""} when it is made`];
});

/** What is drawn around the model, by the frame it stands in. */
export const BOXES: Readonly<Record<string, Draw>> = {
    data: all(
        bucket("capture", "captured requests and answers"),
        bucket("async", "waiting requests, and results"),
        bucket("transform", "files to transform, and results"),
    ),
    "batch transform": all(
        each("cloudwatch/eventRule:EventRule", "workflow", "EventBridge rule", () => ["when a file lands"]),
        each("sfn/stateMachine:StateMachine", "workflow", "state machine", () => ["a transform job, waited for"]),
        each("sqs/queue:Queue", "workflow", "SQS queue", () => ["events that could not be delivered"]),
    ),
    network: all(madeVpc, endpointsOf, givenSubnets),
    governance: all(
        each("kms/key:Key", "guard", "KMS key", () => ["encrypts all that is kept"]),
        registered,
        each("budgets/budget:Budget", "guard", "budget", ({ limitAmount, limitUnit }) => [
            `${text(limitAmount)} ${text(limitUnit)} a month`,
        ]),
    ),
    watching: all(
        together(
            "metricAlarm:MetricAlarm",
            "index:RollbackAlarms",
            "watching",
            (count) => `${alarms(count)} of rollback`,
        ),
        together("metricAlarm:MetricAlarm", "index:Alarms", "watching", alarms),
        each("compositeAlarm:CompositeAlarm", "watching", "composite alarm", () => ["for paging"]),
        topic,
        each("cloudwatch/dashboard:Dashboard", "watching", "dashboard", ({ dashboardName }) => [text(dashboardName)]),
        each("cloudwatch/logGroup:LogGroup", "watching", "log group", ({ name, retentionInDays }) => [
            text(name),
            `kept ${String(retentionInDays)} days`,
        ]),
    ),
};

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

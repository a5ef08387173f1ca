import { type Graph, list, text } from "../graph/graph.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";
import { containersOf } from "./containers.ts";
import { MODEL, variantId } from "./draw-serving.ts";
import type { Arrow } from "./picture.ts";

const BUCKET = "s3/bucket:Bucket";
const TOPIC = "sns/topic:Topic";
const COMPOSITE = "compositeAlarm:CompositeAlarm";
const CONFIGURATION = "sagemaker/endpointConfiguration:EndpointConfiguration";
const RULE = "eventRule:EventRule";
const STATE_MACHINE = "sfn/stateMachine:StateMachine";

/** Whether what a resource was given names another one: by an ARN, or by a name that AWS made up. */
const names = (resource: RecordedResource, property: string, other: RecordedResource, by: string): boolean => {
    const name = text(other.outputs[by]);
    return name !== "" && JSON.stringify(resource.inputs[property] ?? "").includes(name);
};

/** Each resource of a type, with those of another type that one of its properties names. */
function naming(
    graph: Graph,
    type: string,
    property: string,
    target: string,
    by: string,
): (readonly [from: RecordedResource, to: RecordedResource])[] {
    return graph.ofType(type).flatMap((from) =>
        graph
            .ofType(target)
            .filter((to) => names(from, property, to, by))
            .map((to) => [from, to] as const),
    );
}

const arrow = (from: string, to: string, label?: string): Arrow => ({
    from,
    to,
    ...(label !== undefined && { label }),
    carries: "other",
});

/** Arrows between what surrounds the model, and from the variants and containers to it. */
export const connections = (graph: Graph): Arrow[] => [
    ...fromVariants(graph),
    ...fromAlarms(graph),
    ...naming(graph, COMPOSITE, "alarmActions", TOPIC, "arn").map(([from, to]) => arrow(from.urn, to.urn)),
    ...ofTransform(graph),
];

function fromVariants(graph: Graph): Arrow[] {
    const named = (property: string, target: string, by: string): RecordedResource[] =>
        naming(graph, CONFIGURATION, property, target, by).map(([, to]) => to);
    const logs = graph
        .ofType("logGroup:LogGroup")
        .filter(({ inputs }) => text(inputs["name"]).startsWith("/aws/sagemaker/Endpoints/"));
    const ends: readonly (readonly [string, readonly RecordedResource[]])[] = [
        ["captures", named("dataCaptureConfig", BUCKET, "bucket")],
        ["results", named("asyncInferenceConfig", BUCKET, "bucket")],
        ["tells", named("asyncInferenceConfig", TOPIC, "arn")],
        ["logs", logs],
        ["metrics", graph.ofType("index:Alarms")],
        ["metrics of the new fleet", graph.ofType("index:RollbackAlarms")],
    ];
    const variants = graph.ofType(CONFIGURATION).flatMap(({ inputs }) => list(inputs["productionVariants"]));
    return variants.flatMap((variant) =>
        ends.flatMap(([label, resources]) => resources.map(({ urn }) => arrow(variantId(variant), urn, label))),
    );
}

/** Alarms are drawn together, under their component. */
function fromAlarms(graph: Graph): Arrow[] {
    const pairs = graph
        .ofType("metricAlarm:MetricAlarm")
        .flatMap((alarm) =>
            [
                ...graph.ofType(TOPIC).filter((topic) => names(alarm, "alarmActions", topic, "arn")),
                ...graph.ofType(COMPOSITE).filter((composite) => names(composite, "alarmRule", alarm, "name")),
            ].map(({ urn }) => arrow(alarm.parent ?? "", urn)),
        );
    return [...new Map(pairs.map((drawn) => [`${drawn.from} ${drawn.to}`, drawn])).values()];
}

function ofTransform(graph: Graph): Arrow[] {
    const machines = graph.ofType(STATE_MACHINE);
    const queues = graph.ofType("sqs/queue:Queue");
    const targets = graph.ofType("eventTarget:EventTarget");
    const rules = graph.ofType(RULE);
    return [
        ...naming(graph, STATE_MACHINE, "definition", TOPIC, "arn").map(([from, to]) =>
            arrow(from.urn, to.urn, "tells of failures"),
        ),
        ...naming(graph, STATE_MACHINE, "definition", BUCKET, "bucket").map(([from, to]) =>
            arrow(from.urn, to.urn, "results"),
        ),
        ...naming(graph, RULE, "eventPattern", BUCKET, "bucket").map(([rule, bucket]) => arrow(bucket.urn, rule.urn)),
        ...targets.flatMap((target) =>
            rules
                .filter(({ outputs }) => outputs["name"] === target.inputs["rule"])
                .flatMap(({ urn }) => [
                    ...machines
                        .filter((machine) => names(target, "arn", machine, "arn"))
                        .map((machine) => arrow(urn, machine.urn, "starts")),
                    ...queues
                        .filter((queue) => names(target, "deadLetterConfig", queue, "arn"))
                        .map((queue) => arrow(urn, queue.urn)),
                ]),
        ),
        ...naming(graph, STATE_MACHINE, "definition", MODEL, "name").flatMap(([machine, model]) =>
            containersOf(graph, model)
                .slice(0, 1)
                .map(({ id }) => arrow(machine.urn, id, "files")),
        ),
    ];
}

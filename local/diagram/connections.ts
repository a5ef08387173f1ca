import { fields, type Graph, list, text } from "../graph/graph.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./draw-serving.ts";
import type { Arrow } from "./picture.ts";

const BUCKET = "s3/bucket:Bucket";
const TOPIC = "sns/topic:Topic";
const COMPOSITE = "compositeAlarm:CompositeAlarm";
const STATE_MACHINE = "sfn/stateMachine:StateMachine";

/** Whether what a resource was given names another one: by an ARN, or by a name that AWS made up. */
const names = (resource: RecordedResource, property: string, other: RecordedResource, by: string): boolean => {
    const name = text(other.outputs[by]);
    return name !== "" && JSON.stringify(resource.inputs[property] ?? "").includes(name);
};

/** Arrows from each resource of a type to those of another type that one of its properties names. */
function naming(graph: Graph, type: string, property: string, target: string, by: string, label?: string): Arrow[] {
    return graph.ofType(type).flatMap((from) =>
        graph
            .ofType(target)
            .filter((to) => names(from, property, to, by))
            .map(({ urn }): Arrow => ({
                from: from.urn,
                to: urn,
                ...(label !== undefined && { label }),
                carries: "other",
            })),
    );
}

/** Arrows between what surrounds the model, and from the variants and containers to it. */
export const connections = (graph: Graph): Arrow[] => [
    ...fromVariants(graph),
    ...fromAlarms(graph),
    ...naming(graph, COMPOSITE, "alarmActions", TOPIC, "arn"),
    ...ofTransform(graph),
];

function fromVariants(graph: Graph): Arrow[] {
    const captured = graph
        .ofType(BUCKET)
        .filter((bucket) =>
            graph
                .ofType("EndpointConfiguration")
                .some((configuration) => names(configuration, "dataCaptureConfig", bucket, "bucket")),
        );
    const queued = graph
        .ofType(BUCKET)
        .filter((bucket) =>
            graph
                .ofType("EndpointConfiguration")
                .some((configuration) => names(configuration, "asyncInferenceConfig", bucket, "bucket")),
        );
    const told = graph
        .ofType(TOPIC)
        .filter((topic) =>
            graph
                .ofType("EndpointConfiguration")
                .some((configuration) => names(configuration, "asyncInferenceConfig", topic, "arn")),
        );
    const logs = graph
        .ofType("logGroup:LogGroup")
        .filter(({ inputs }) => text(inputs["name"]).startsWith("/aws/sagemaker/Endpoints/"));
    const variants = graph.ofType("EndpointConfiguration").flatMap(({ inputs }) => list(inputs["productionVariants"]));
    return variants.flatMap((variant) => {
        const from = `variant ${text(variant["variantName"])}`;
        const to =
            (label: string) =>
            ({ urn }: RecordedResource): Arrow => ({ from, to: urn, label, carries: "other" });
        return [
            ...captured.map(to("captures")),
            ...queued.map(to("results")),
            ...told.map(to("tells")),
            ...logs.map(to("logs")),
            ...graph.ofType("index:Alarms").map(to("metrics")),
            ...graph.ofType("index:RollbackAlarms").map(to("metrics of the new fleet")),
        ];
    });
}

/** Alarms are drawn together, under their component. */
function fromAlarms(graph: Graph): Arrow[] {
    const pairs = graph
        .ofType("metricAlarm:MetricAlarm")
        .flatMap((alarm) =>
            [
                ...graph.ofType(TOPIC).filter((topic) => names(alarm, "alarmActions", topic, "arn")),
                ...graph
                    .ofType(COMPOSITE)
                    .filter((composite) => text(composite.inputs["alarmRule"]).includes(text(alarm.outputs["name"]))),
            ].map(({ urn }): Arrow => ({ from: alarm.parent ?? "", to: urn, carries: "other" })),
        );
    return [...new Map(pairs.map((arrow) => [`${arrow.from} ${arrow.to}`, arrow])).values()];
}

function ofTransform(graph: Graph): Arrow[] {
    const machines = graph.ofType(STATE_MACHINE);
    const rules = graph.ofType("eventRule:EventRule");
    const targets = graph.ofType("eventTarget:EventTarget");
    return [
        ...naming(graph, STATE_MACHINE, "definition", TOPIC, "arn", "tells of failures"),
        ...naming(graph, STATE_MACHINE, "definition", BUCKET, "bucket", "results"),
        ...graph
            .ofType(BUCKET)
            .flatMap((bucket) =>
                rules
                    .filter((rule) => names(rule, "eventPattern", bucket, "bucket"))
                    .map((rule): Arrow => ({ from: bucket.urn, to: rule.urn, carries: "other" })),
            ),
        ...targets.flatMap(({ inputs }) =>
            rules
                .filter(({ outputs }) => outputs["name"] === inputs["rule"])
                .flatMap((rule) => [
                    ...machines
                        .filter(({ outputs }) => outputs["arn"] === inputs["arn"])
                        .map((machine): Arrow => ({
                            from: rule.urn,
                            to: machine.urn,
                            label: "starts",
                            carries: "other",
                        })),
                    ...graph
                        .ofType("sqs/queue:Queue")
                        .filter(({ outputs }) => outputs["arn"] === fields(inputs["deadLetterConfig"])["arn"])
                        .map((queue): Arrow => ({ from: rule.urn, to: queue.urn, carries: "other" })),
                ]),
        ),
        ...machines.flatMap((machine) =>
            graph
                .ofType(MODEL)
                .filter((model) => names(machine, "definition", model, "name"))
                .flatMap((model) => containersOf(graph, model).slice(0, 1))
                .map(({ id }): Arrow => ({ from: machine.urn, to: id, label: "files", carries: "other" })),
        ),
    ];
}

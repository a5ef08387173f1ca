import { type Fields, fields, type Graph, list, text } from "../graph/graph.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";
import { containersOf, type DrawnContainer } from "./containers.ts";
import type { Arrow, Box, Picture } from "./picture.ts";

export const MODEL = "aws:sagemaker/model:Model";

/** Id of a variant's box. */
export const variantId = (variant: Fields): string => `variant ${text(variant["variantName"])}`;

/** The variants and the containers behind them, in the way that requests take. */
export function drawServing(graph: Graph): Picture {
    const endpoints = graph.ofType("sagemaker/endpoint:Endpoint");
    const models = graph.ofType(MODEL);
    const parts = [
        ...endpoints.map((endpoint) => drawEndpoint(graph, endpoint)),
        ...models.map((model) => drawModel(graph, model)),
    ];
    const callers = endpoints.map((endpoint): Box => caller(graph, endpoint));
    return {
        frames: [{ title: "", boxes: callers }, ...parts.flatMap(({ frames }) => frames)],
        arrows: parts.flatMap(({ arrows }) => arrows),
    };
}

const configurationOf = (graph: Graph, endpoint: RecordedResource): RecordedResource =>
    graph.named("sagemaker/endpointConfiguration:EndpointConfiguration", endpoint.inputs["endpointConfigName"]);

const caller = (graph: Graph, endpoint: RecordedResource): Box => ({
    id: `callers ${endpoint.name}`,
    title: "callers",
    lines: [
        configurationOf(graph, endpoint).inputs["asyncInferenceConfig"] === undefined
            ? "InvokeEndpoint"
            : "InvokeEndpointAsync",
    ],
    kind: "caller",
});

function drawEndpoint(graph: Graph, endpoint: RecordedResource): Picture {
    const { inputs } = configurationOf(graph, endpoint);
    const production = list(inputs["productionVariants"]);
    const shadows = list(inputs["shadowProductionVariants"]);
    const total = production.reduce((sum, variant) => sum + Number(variant["initialVariantWeight"]), 0);
    const boxes = [
        ...production.map((variant) =>
            variantBox(
                graph,
                endpoint,
                variant,
                production.length > 1 ? `${share(variant, total)} of requests` : undefined,
            ),
        ),
        ...shadows.map((variant) => variantBox(graph, endpoint, variant, `shadow: copies of ${share(variant, total)}`)),
    ];
    const arrows = production.map((variant): Arrow => ({
        from: `callers ${endpoint.name}`,
        to: variantId(variant),
        carries: "requests",
    }));
    return {
        frames: [{ title: [`endpoint ${text(endpoint.inputs["name"])}`, ...moves(endpoint)].join(" · "), boxes }],
        arrows: [...arrows, ...[...production, ...shadows].flatMap((variant) => intoModel(graph, variant))],
    };
}

const share = (variant: Fields, total: number): string =>
    `${Math.round((100 * Number(variant["initialVariantWeight"])) / total)} %`;

/** How the endpoint moves to a new configuration. */
function moves({ inputs }: RecordedResource): string[] {
    const deployment = fields(inputs["deploymentConfig"]);
    const routing = fields(fields(deployment["blueGreenUpdatePolicy"])["trafficRoutingConfiguration"]);
    if (deployment["rollingUpdatePolicy"] !== undefined) return ["updated in batches"];
    switch (routing["type"]) {
        case "CANARY":
            return ["updated by canary"];
        case "LINEAR":
            return ["updated in equal steps"];
        case "ALL_AT_ONCE":
            return ["updated all at once"];
        default:
            return [];
    }
}

function variantBox(graph: Graph, endpoint: RecordedResource, variant: Fields, role: string | undefined): Box {
    const name = text(variant["variantName"]);
    const target = graph
        .ofType("appautoscaling/target:Target")
        .find(({ inputs }) => inputs["resourceId"] === `endpoint/${text(endpoint.inputs["name"])}/variant/${name}`);
    return {
        id: variantId(variant),
        title: `variant ${name}`,
        lines: [
            fleet(variant),
            ...(target === undefined
                ? []
                : [`scales from ${String(target.inputs["minCapacity"])} to ${String(target.inputs["maxCapacity"])}`]),
            ...(role === undefined ? [] : [role]),
        ],
        kind: "serving",
    };
}

function fleet(variant: Fields): string {
    const { serverlessConfig, instanceType, initialInstanceCount } = variant;
    if (serverlessConfig === undefined) return `${String(initialInstanceCount)} × ${text(instanceType)}`;
    const { memorySizeInMb, maxConcurrency } = fields(serverlessConfig);
    return `serverless, ${String(memorySizeInMb)} MB, up to ${String(maxConcurrency)} at once`;
}

function intoModel(graph: Graph, variant: Fields): Arrow[] {
    const model = graph.ofType(MODEL).find(({ outputs }) => outputs["name"] === variant["modelName"]);
    if (model === undefined) return [];
    const entered = isDirect(model) ? containersOf(graph, model) : containersOf(graph, model).slice(0, 1);
    return entered.map(({ id, hostname }) => ({
        from: variantId(variant),
        to: id,
        ...(isDirect(model) && { label: `for ${hostname}` }),
        carries: "requests",
    }));
}

const isDirect = ({ inputs }: RecordedResource): boolean =>
    fields(inputs["inferenceExecutionConfig"])["mode"] === "Direct";

function drawModel(graph: Graph, model: RecordedResource): Picture {
    const containers = containersOf(graph, model);
    const next = isDirect(model) ? [] : containers.slice(1);
    const count =
        containers.length === 1
            ? "1 container"
            : `${containers.length} containers ${isDirect(model) ? "called one by one" : "in line"}`;
    return {
        frames: [
            {
                title: ["model", count, "on every instance", ...reach(model)].join(" · "),
                boxes: containers.map(containerBox),
            },
        ],
        arrows: next.map(({ id }, index): Arrow => {
            const before = containers[index];
            return { from: before?.id ?? "", to: id, ...handedOn(before), carries: "requests" };
        }),
    };
}

/** What its containers can reach. */
function reach({ inputs }: RecordedResource): string[] {
    if (inputs["enableNetworkIsolation"] === true) return ["without a network"];
    return inputs["vpcConfig"] === undefined ? [] : ["in a VPC"];
}

function handedOn(container: DrawnContainer | undefined): Pick<Arrow, "label"> {
    const type = text(container?.step["responseType"]);
    return type === "" ? {} : { label: type };
}

const containerBox = ({ id, hostname, inputs, step }: DrawnContainer): Box => ({
    id,
    title: hostname === "" ? "containers of the package" : hostname,
    lines: [
        ...(inputs["mode"] === "MultiModel" ? ["many models, picked by TargetModel"] : []),
        ...(step["triton"] === undefined ? [] : ensemble(fields(step["triton"]))),
    ],
    kind: "serving",
});

/** The models of a Triton ensemble in the order of its steps, each with its processor. */
function ensemble(triton: Fields): string[] {
    const models = list(triton["models"]);
    return [
        "NVIDIA Triton",
        ...list(triton["steps"]).map(({ modelName }, index) => {
            const model = models.find(({ name }) => name === modelName);
            const kind = text(fields(model?.["compute"])["kind"]).toUpperCase();
            return `${index + 1}. ${text(modelName)}${kind === "" ? "" : ` on ${kind}`}`;
        }),
    ];
}

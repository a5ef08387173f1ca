import { planBuild } from "../../plans/image.ts";
import type { RecordedResource } from "./recorded-resource.ts";

/** A container image: built from a folder of this machine, or somewhere else. */
export type HostedImage =
    | {
          readonly kind: "built";
          /** Build context, Dockerfile, target, platform and arguments, as the image resource has them. */
          readonly context: string;
          readonly dockerfile: string;
          readonly target: string;
          readonly platform: string;
          readonly buildArgs: Readonly<Record<string, string>>;
      }
    | { readonly kind: "elsewhere"; readonly reference: string };

/** Model data of this machine, as the uploaded objects have it. */
export type HostedModelData =
    | { readonly kind: "archive"; readonly file: string }
    | { readonly kind: "files"; readonly files: readonly { readonly path: string; readonly file: string }[] }
    | { readonly kind: "elsewhere"; readonly uri: string };

/** One container of a hosted model. */
export interface HostedContainer {
    readonly hostname: string;
    readonly image: HostedImage;
    readonly modelData: HostedModelData | undefined;
    readonly environment: Readonly<Record<string, string>>;
}

export interface HostedVariant {
    readonly name: string;
    readonly weight: number;
    readonly mode: "Serial" | "Direct";
    readonly startupTimeoutSeconds: number;
    readonly containers: readonly HostedContainer[];
}

/** What an endpoint's resources say that it hosts. */
export interface HostedEndpoint {
    readonly name: string;
    readonly variants: readonly HostedVariant[];
}

/** SageMaker's default for the start-up health check [D]. */
const STARTUP_SECONDS = 480;

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (value ?? {}) as Fields;
const list = (value: unknown): Fields[] => (value ?? []) as Fields[];
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Finds resources in what the program registered. */
class Graph {
    private readonly resources: readonly RecordedResource[];

    constructor(resources: readonly RecordedResource[]) {
        this.resources = resources;
    }

    ofType(suffix: string): RecordedResource[] {
        return this.resources.filter(({ type }) => type.endsWith(suffix));
    }

    /** The resource that another one names. */
    named(suffix: string, name: unknown): RecordedResource {
        const found = this.ofType(suffix).find(({ outputs }) => outputs["name"] === name);
        if (found === undefined) throw new Error(`the program registers no ${suffix} named "${text(name)}"`);
        return found;
    }
}

/** The container folder that the program names for this machine in the place of an image of AWS. */
function standIn(graph: Graph, reference: string): HostedImage | undefined {
    const image = graph.ofType("index:ContainerImage").find(({ outputs }) => outputs["uri"] === reference);
    const folder = text(fields(fields(fields(image?.inputs)["source"])["local"])["folder"]);
    if (folder === "") return undefined;
    const { context, dockerfile, target, platforms, buildArgs } = planBuild({ build: { folder } });
    return {
        kind: "built",
        context: context.location,
        dockerfile: dockerfile.location,
        target,
        platform: platforms[0],
        buildArgs,
    };
}

function imageOf(graph: Graph, reference: string): HostedImage {
    const digest = reference.split("@")[1];
    const image = graph.ofType("docker-build:index:Image").find(({ outputs }) => outputs["digest"] === digest);
    if (image === undefined) return standIn(graph, reference) ?? { kind: "elsewhere", reference };
    const { inputs } = image;
    return {
        kind: "built",
        context: text(fields(inputs["context"])["location"]),
        dockerfile: text(fields(inputs["dockerfile"])["location"]),
        target: text(inputs["target"]),
        platform: (inputs["platforms"] as string[])[0] ?? "linux/amd64",
        buildArgs: (inputs["buildArgs"] ?? {}) as Record<string, string>,
    };
}

function modelDataOf(graph: Graph, container: Fields): HostedModelData | undefined {
    const source = list(fields(container["modelDataSource"])["s3DataSources"])[0];
    const uri = text(source?.["s3Uri"] ?? container["modelDataUrl"]);
    if (uri === "") return undefined;
    const objects = graph.ofType("s3/bucketObjectv2:BucketObjectv2").map(({ inputs }) => ({
        uri: `s3://${text(inputs["bucket"])}/${text(inputs["key"])}`,
        file: text(fields(inputs["source"])["asset"]),
    }));
    if (source === undefined) {
        const archive = objects.find((object) => object.uri === uri);
        return archive === undefined ? { kind: "elsewhere", uri } : { kind: "archive", file: archive.file };
    }
    const files = objects
        .filter((object) => object.uri.startsWith(uri))
        .map((object) => ({ path: object.uri.slice(uri.length), file: object.file }));
    return files.length === 0 ? { kind: "elsewhere", uri } : { kind: "files", files };
}

function containersOf(graph: Graph, model: Fields): HostedContainer[] {
    const containers =
        model["primaryContainer"] === undefined ? list(model["containers"]) : [fields(model["primaryContainer"])];
    return containers.map((container, index) => ({
        hostname: text(container["containerHostname"] ?? `container-${index + 1}`),
        image: imageOf(graph, text(container["image"] ?? container["modelPackageName"])),
        modelData: modelDataOf(graph, container),
        environment: (container["environment"] ?? {}) as Record<string, string>,
    }));
}

/** Reads from the registered resources what each endpoint hosts: endpoint → configuration → models → containers → images, artifacts. */
export function hostedEndpoints(resources: readonly RecordedResource[]): HostedEndpoint[] {
    const graph = new Graph(resources);
    return graph.ofType("sagemaker/endpoint:Endpoint").map(({ inputs, outputs }) => {
        const configuration = graph.named(
            "sagemaker/endpointConfiguration:EndpointConfiguration",
            inputs["endpointConfigName"],
        );
        const variants = list(configuration.inputs["productionVariants"]).map((variant) => {
            const model = graph.named("sagemaker/model:Model", variant["modelName"]).inputs;
            const mode = fields(model["inferenceExecutionConfig"])["mode"];
            return {
                name: text(variant["variantName"]),
                weight: Number(variant["initialVariantWeight"] ?? 1),
                mode: mode === "Direct" ? ("Direct" as const) : ("Serial" as const),
                startupTimeoutSeconds: Number(
                    variant["containerStartupHealthCheckTimeoutInSeconds"] ?? STARTUP_SECONDS,
                ),
                containers: containersOf(graph, model),
            };
        });
        return { name: text(outputs["name"]), variants };
    });
}

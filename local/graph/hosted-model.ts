import { createHash } from "node:crypto";
import { planBuild } from "../../plans/image.ts";
import type { Server } from "../../plans/step.ts";
import { type Fields, fields, type Graph, list, text } from "./graph.ts";

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
    | { readonly kind: "files"; readonly files: readonly HostedFile[] }
    | ModelsOnDisk
    | { readonly kind: "elsewhere"; readonly uri: string };

/** A file of the model data: one of this machine, or its content where it is generated. */
export type HostedFile = { readonly path: string } & ({ readonly file: string } | { readonly content: string });

/** A folder of this machine whose models are uploaded below a prefix. */
export interface ModelsOnDisk {
    readonly kind: "models";
    /** Relative to the project's root, or absolute. */
    readonly folder: string;
    /** The prefix, `s3://bucket/…/`. */
    readonly uri: string;
}

/** One container of a hosted model. */
export interface HostedContainer {
    readonly hostname: string;
    readonly image: HostedImage;
    readonly modelData: HostedModelData | undefined;
    /** The container holds many models; `cache`: whether they stay after an invocation. @default - one model */
    readonly multiModel?: { readonly cache: boolean } | undefined;
    readonly environment: Readonly<Record<string, string>>;
}

/** A model: its containers, in the order requests flow. */
export interface HostedModel {
    readonly mode: "Serial" | "Direct";
    readonly containers: readonly HostedContainer[];
    /** The registered version that brings the containers, which are not on this machine. @default - the program's own containers */
    readonly modelPackage?: string;
    /** Changes with all that the model resource says: images, artifacts, environment, mode. */
    readonly fingerprint: string;
}

/** The container folder that the program names for this machine in the place of an image from elsewhere. */
function standIn(graph: Graph, reference: string): HostedImage | undefined {
    const image = graph.ofType("index:ContainerImage").find(({ outputs }) => outputs["uri"] === reference);
    const inputs = fields(image?.inputs);
    const folder = text(fields(fields(inputs["source"])["local"])["folder"]);
    if (folder === "") return undefined;
    const server = inputs["server"] as Server | undefined;
    const { context, dockerfile, target, platforms, buildArgs } = planBuild({ build: { folder } }, server);
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

/** An asset of this machine: a file, or text. */
const contentOf = ({ asset, text: content }: Fields) =>
    typeof content === "string" ? { content } : { file: text(asset) };

function modelDataOf(graph: Graph, container: Fields): HostedModelData | undefined {
    const source = list(fields(container["modelDataSource"])["s3DataSources"])[0];
    const uri = text(source?.["s3Uri"] ?? container["modelDataUrl"]);
    if (uri === "") return undefined;
    const prefix = graph.ofType("index:ModelPrefix").find(({ outputs }) => outputs["uri"] === uri);
    if (prefix !== undefined) return { kind: "models", folder: text(prefix.inputs["models"]), uri };
    const objects = graph.ofType("s3/bucketObjectv2:BucketObjectv2").map(({ inputs }) => ({
        uri: `s3://${text(inputs["bucket"])}/${text(inputs["key"])}`,
        ...contentOf(fields(inputs["source"])),
    }));
    if (source === undefined) {
        const archive = objects.find((object) => object.uri === uri);
        return archive !== undefined && "file" in archive
            ? { kind: "archive", file: archive.file }
            : { kind: "elsewhere", uri };
    }
    const files = objects
        .filter((object) => object.uri.startsWith(uri))
        .map(({ uri: whole, ...content }) => ({ path: whole.slice(uri.length), ...content }));
    return files.length === 0 ? { kind: "elsewhere", uri } : { kind: "files", files };
}

const multiModelOf = ({ mode, multiModelConfig }: Fields): HostedContainer["multiModel"] =>
    mode === "MultiModel" ? { cache: fields(multiModelConfig)["modelCacheSetting"] !== "Disabled" } : undefined;

function containersOf(graph: Graph, model: Fields): HostedContainer[] {
    const containers =
        model["primaryContainer"] === undefined ? list(model["containers"]) : [fields(model["primaryContainer"])];
    return containers.map((container, index) => ({
        hostname: text(container["containerHostname"] ?? `container-${index + 1}`),
        image: imageOf(graph, text(container["image"] ?? container["modelPackageName"])),
        modelData: modelDataOf(graph, container),
        multiModel: multiModelOf(container),
        environment: (container["environment"] ?? {}) as Record<string, string>,
    }));
}

/** What the model that is registered under a name runs. */
export function hostedModel(graph: Graph, name: unknown): HostedModel {
    const model = graph.named("sagemaker/model:Model", name).inputs;
    const mode = fields(model["inferenceExecutionConfig"])["mode"];
    const [packaged] = list(model["containers"]);
    const isPackaged = graph.ofType("index:PackagedModel").length > 0 && packaged?.["modelPackageName"] !== undefined;
    return {
        ...(isPackaged && { modelPackage: text(packaged["modelPackageName"]) }),
        mode: mode === "Direct" ? "Direct" : "Serial",
        containers: containersOf(graph, model),
        fingerprint: createHash("sha256").update(JSON.stringify(model)).digest("hex"),
    };
}

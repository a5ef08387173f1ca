import { fields, type Graph, text } from "../graph/graph.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";
import { containersOf, type DrawnContainer } from "./containers.ts";
import { MODEL } from "./draw-serving.ts";
import type { Arrow, Box, Picture } from "./picture.ts";

/** Where the containers' images and model data come from. */
export function drawSources(graph: Graph): Picture {
    const containers = graph.ofType(MODEL).flatMap((model) => containersOf(graph, model));
    const images = containers.flatMap((container) => imageOf(graph, container));
    const data = containers.flatMap((container) => dataOf(graph, container));
    return {
        frames: [
            { title: "images, in Amazon ECR", boxes: unique(images) },
            { title: "model data, in Amazon S3", boxes: unique(data) },
        ],
        arrows: [...images, ...data].map(({ arrow }) => arrow),
    };
}

interface Source {
    readonly box: Box;
    readonly arrow: Arrow;
}

const unique = (sources: readonly Source[]): Box[] => [...new Map(sources.map(({ box }) => [box.id, box])).values()];

const into = (container: DrawnContainer, box: Box): Source => ({
    box,
    arrow: { from: box.id, to: container.id, carries: "other" },
});

function imageOf(graph: Graph, container: DrawnContainer): Source[] {
    const packageName = text(container.inputs["modelPackageName"]);
    const reference = text(container.inputs["image"]);
    const repository = graph
        .ofType("ecr/repository:Repository")
        .find(
            ({ outputs }) =>
                text(outputs["repositoryUrl"]) !== "" && reference.startsWith(`${text(outputs["repositoryUrl"])}@`),
        );
    if (packageName !== "")
        return [
            into(container, storage(packageName, "model package", packageName.split("/").slice(-2).join(" version "))),
        ];
    if (reference === "") return [];
    const name = reference.split("/").slice(1).join("/");
    if (repository === undefined) return [into(container, storage(reference, name, "not of this stack"))];
    return [into(container, storage(repository.urn, repository.name, ...origin(graph, repository)))];
}

/** How the image got into its repository. */
function origin(graph: Graph, repository: RecordedResource): string[] {
    const source = fields(
        graph.ofType("index:ContainerImage").find(({ name }) => name === repository.name)?.inputs["source"],
    );
    if (source["build"] !== undefined) return [`built from ${text(fields(source["build"])["folder"])}`];
    if (source["mirror"] !== undefined) return [`copy of ${text(source["mirror"])}`];
    return [];
}

function dataOf(graph: Graph, container: DrawnContainer): Source[] {
    const source = fields(fields(container.inputs["modelDataSource"])["s3DataSource"]);
    const uri = text(container.inputs["modelDataUrl"] ?? source["s3Uri"]);
    if (uri === "") return [];
    const name = uri.split("/")[2];
    const bucket = graph.ofType("s3/bucket:Bucket").find(({ outputs }) => outputs["bucket"] === name);
    const box =
        bucket === undefined
            ? storage(`s3://${name ?? ""}`, `bucket ${name ?? ""}`, "not of this stack")
            : storage(bucket.urn, `bucket ${bucket.name}`, "by content: an unchanged one is uploaded once");
    return [into(container, box)];
}

const storage = (id: string, title: string, ...lines: readonly string[]): Box => ({
    id,
    title,
    lines,
    kind: "storage",
});

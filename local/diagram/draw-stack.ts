import { Graph } from "../graph/graph.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";
import { drawServing } from "./draw-serving.ts";
import { drawSources } from "./draw-sources.ts";
import { drawSurroundings } from "./draw-surroundings.ts";
import type { Picture } from "./picture.ts";

/** The architecture that registered resources make. */
export function drawStack(resources: readonly RecordedResource[]): Picture {
    const graph = new Graph(resources);
    const parts = [drawServing(graph), drawSources(graph), drawSurroundings(graph)];
    return {
        frames: parts.flatMap(({ frames }) => frames),
        arrows: parts.flatMap(({ arrows }) => arrows),
    };
}

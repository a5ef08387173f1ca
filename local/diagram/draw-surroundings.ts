import type { Graph } from "../graph/graph.ts";
import { BOXES } from "./boxes.ts";
import { connections } from "./connections.ts";
import type { Picture } from "./picture.ts";

/** What stands around the model: watching, data, batch transform, network, keys, registry, budget. */
export function drawSurroundings(graph: Graph): Picture {
    return {
        frames: Object.entries(BOXES).map(([title, draw]) => ({ title, boxes: draw(graph) })),
        arrows: connections(graph),
    };
}

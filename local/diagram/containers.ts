import { type Fields, fields, type Graph, list, text } from "../graph/graph.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";

/** One container of a registered model. */
export interface DrawnContainer {
    readonly id: string;
    readonly hostname: string;
    /** As CreateModel takes it. */
    readonly inputs: Fields;
    /** The step as the stack describes it. */
    readonly step: Fields;
}

/** The model's containers, in the order requests flow. */
export function containersOf(graph: Graph, model: RecordedResource): DrawnContainer[] {
    const { containers, primaryContainer } = model.inputs;
    const described = list(graph.ofType("index:Model").find(({ urn }) => urn === model.parent)?.inputs["steps"]);
    return (containers === undefined ? [fields(primaryContainer)] : list(containers)).map((inputs, index) => {
        const hostname = text(inputs["containerHostname"]);
        return { id: `container ${model.name} ${hostname}`, hostname, inputs, step: fields(described[index]) };
    });
}

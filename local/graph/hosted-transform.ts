import type { TransformJob } from "../../plans/transform-job.ts";
import { fields, Graph, text } from "./graph.ts";
import { type HostedModel, hostedModel } from "./hosted-model.ts";
import type { RecordedResource } from "./recorded-resource.ts";

/** What a batch transform's resources say that it runs. */
export interface HostedTransform {
    readonly model: HostedModel;
    readonly job: TransformJob;
}

/** Reads from the registered state machine which job it starts, and of which model; undefined where the program registers none. */
export function hostedTransform(resources: readonly RecordedResource[]): HostedTransform | undefined {
    const graph = new Graph(resources);
    const [stateMachine] = graph.ofType("sfn/stateMachine:StateMachine");
    if (stateMachine === undefined) return undefined;
    const definition: unknown = JSON.parse(text(stateMachine.inputs["definition"]));
    const job = fields(fields(fields(definition)["States"])["Transform"])["Arguments"] as TransformJob;
    return { model: hostedModel(graph, job.ModelName), job };
}

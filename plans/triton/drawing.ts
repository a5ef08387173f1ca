import type { Ensemble } from "./ensemble.ts";
import { modelsByName, tensorEnds } from "./flow.ts";
import type { Compute } from "./model.ts";
import type { Tensor } from "./tensor.ts";

/** Text within quotes, where Mermaid reads HTML's entities. */
const quote = (text: string): string =>
    `"${text.replace(/[&<>"#]/g, (character) => `#${character.charCodeAt(0)};`).replace(/\s+/g, " ")}"`;

const computeText = (compute: Compute): string => {
    const count = (compute.count ?? 1) > 1 ? ` × ${compute.count}` : "";
    if (compute.kind === "cpu") return `CPU${count}`;
    return `GPU${compute.gpus === undefined ? "" : ` ${compute.gpus.join(", ")}`}${count}`;
};

const tensorText = (name: string, tensor: Tensor | undefined): string =>
    tensor === undefined ? name : `${name} ${tensor.dataType.replace("TYPE_", "")} [${tensor.dims.join(", ")}]`;

/**
 * The ensemble as a Mermaid flowchart: steps with the processor that their model runs on, tensors on the edges. It draws ensembles with
 * problems as well, so that these can be seen.
 */
export function drawEnsemble(ensemble: Ensemble): string {
    const models = modelsByName(ensemble);
    const steps = ensemble.steps.map(({ modelName }, index) => {
        const model = models.get(modelName);
        const compute = model === undefined ? "no such model" : `${model.backend}, ${computeText(model.compute)}`;
        const shape = model?.compute.kind === "gpu" ? ["[[", "]]"] : ["[", "]"];
        return `    step${index + 1}${shape[0]}${quote(`${modelName} (${compute})`)}${shape[1]}`;
    });
    const edges = [...tensorEnds(ensemble)].flatMap(([name, ends]) => {
        const makers = ends.filter(({ role }) => role === "request" || role === "made");
        const users = ends.filter(({ role }) => role === "answer" || role === "read");
        const id = (step: number | undefined, own: string) => (step === undefined ? own : `step${step + 1}`);
        return makers.flatMap((maker) => {
            const text = quote(tensorText(name, maker.tensor));
            return users.map(({ step }) => `    ${id(maker.step, "request")} -->|${text}| ${id(step, "answer")}`);
        });
    });
    return ["flowchart LR", "    request([request])", ...steps, "    answer([answer])", ...new Set(edges), ""].join(
        "\n",
    );
}

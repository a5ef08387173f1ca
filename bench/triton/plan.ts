import type { Row } from "../benchmark.ts";
import { tritonProblems } from "../../plans/triton/problems.ts";
import { repositoryFiles } from "../../plans/triton/repository.ts";
import { drawEnsemble } from "../../plans/triton/drawing.ts";
import { quantile, median } from "../statistics.ts";
import { affineModel, inLine } from "./small-models.ts";

const ROUNDS = 50;

/** Problems, files and drawing of an ensemble of so many models in line; the first time as well, when nothing is compiled yet. */
export function measurePlan(count: number): Row {
    const models = Array.from({ length: count }, (_, index) => affineModel(`model-${index + 1}`, 1));
    const ensemble = inLine("line", models);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
        const since = performance.now();
        const problems = tritonProblems(ensemble);
        const files = repositoryFiles(ensemble);
        const drawing = drawEnsemble(ensemble);
        times.push(performance.now() - since);
        if (problems.length > 0 || Object.keys(files).length < count || drawing === "")
            throw new Error(problems.join("\n"));
    }
    return {
        models: count,
        "first ms": times[0] ?? Number.NaN,
        "p50 ms": median(times),
        "p99 ms": quantile(times, 0.99),
    };
}

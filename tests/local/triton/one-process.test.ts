import { expect } from "chai";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { tritonProblems } from "../../../plans/triton/problems.ts";
import { repositoryFiles } from "../../../plans/triton/repository.ts";
import { pythonModel as modelOf } from "../../support/triton/palette.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { tensors, TritonServer } from "./support/triton-server.ts";

/** A model that makes OUT0 of IN0 by its module `maker`, which every model has, and `late`, which is imported with the first request. */
const MODEL = `
import json
import os
import triton_python_backend_utils as triton
import maker

class TritonPythonModel:
    def initialize(self, arguments):
        self._parameters = json.loads(arguments["model_config"])["parameters"]

    def execute(self, requests):
        print(f"{__file__.split('/')[-3]} has {len(requests)} in {os.getpid()}", flush=True)
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        import late
        given = triton.get_input_tensor_by_name(request, "IN0").as_numpy()
        try:
            made = late.last(maker.make(given, self._parameters))
        except ValueError as error:
            return triton.InferenceResponse(error=triton.TritonError(str(error), triton.TritonError.INVALID_ARG))
        needed = [] if (given == 1000).any() else [triton.Tensor("OUT0", made)]
        return triton.InferenceResponse([*needed, triton.Tensor("OUT1", made * 0)])
`;
const SCALE = `
import numpy as np
def make(x, parameters):
    if (x < 0).any():
        raise ValueError(f"{x.min():g} is below 0")
    return x * np.float32(parameters["factor"]["string_value"])
`;
const WORD = `
import numpy as np
def make(x, parameters):
    return np.array([[f"{value:g}".encode()] for value in x[:, 0]], dtype=np.object_)
`;

const numbers = ["TYPE_FP32", [1]] as const;
const model = (name: string, out: "TYPE_FP32" | "TYPE_STRING", parameters: Readonly<Record<string, string>> = {}) =>
    modelOf(name, [numbers], [[out, [1]], numbers], { maxBatchSize: 8, parameters, dynamicBatching: {} });

const ensemble: Ensemble = {
    name: "line",
    maxBatchSize: 8,
    inputs: [{ name: "given", dataType: "TYPE_FP32", dims: [1] }],
    outputs: [
        { name: "word", dataType: "TYPE_STRING", dims: [1] },
        { name: "scaled", dataType: "TYPE_FP32", dims: [1] },
        { name: "twice", dataType: "TYPE_FP32", dims: [1] },
    ],
    steps: [
        { modelName: "word", inputMap: { IN0: "twice" }, outputMap: { OUT0: "word" } },
        { modelName: "scale", inputMap: { IN0: "scaled" }, outputMap: { OUT0: "twice" } },
        { modelName: "scale", inputMap: { IN0: "given" }, outputMap: { OUT0: "scaled" } },
    ],
    models: [model("scale", "TYPE_FP32", { factor: "3" }), model("word", "TYPE_STRING")],
    oneProcess: true,
};

describe("an ensemble in one process of a real Triton", () => {
    let folder: ProjectFolder;
    let server: TritonServer;
    const invoke = (data: readonly number[]) =>
        server.invoke([{ name: "given", datatype: "FP32", shape: [data.length, 1], data }]);

    before(async function () {
        this.timeout(60_000);
        expect(tritonProblems(ensemble)).to.deep.equal([]);
        const files = { ...repositoryFiles(ensemble) };
        for (const [name, maker, last] of [
            ["scale", SCALE, "x"],
            ["word", WORD, "x + b'!'"],
        ] as const) {
            files[`${name}/1/model.py`] = 'raise ImportError("an old version")';
            files[`${name}/2/model.py`] = name === "word" ? MODEL.replace("made * 0", "given") : MODEL;
            files[`${name}/2/maker.py`] = maker;
            files[`${name}/2/late.py`] = `def last(x): return ${last}\n`;
        }
        folder = projectFolder(
            Object.fromEntries(Object.entries(files).map(([path, text]) => [`model/${path}`, text])),
        );
        server = new TritonServer(folder.path, { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "line" });
        await server.container.start();
    });
    after(async () => {
        await server.container.stop();
        folder.remove();
    });

    it("passes tensors by the ensemble's names, to models that call their modules alike", async () => {
        const answer = await invoke([1, 2]);
        expect(answer.status, answer.body.toString()).to.equal(200);
        const { word, scaled, twice } = tensors(answer);
        expect([word?.data, scaled?.data, twice?.data]).to.deep.equal([
            ["9!", "18!"],
            [3, 6],
            [9, 18],
        ]);
    });

    it("answers what a model refuses, and the requests beside it", async () => {
        const values = Array.from({ length: 24 }, (_, index) => (index % 3 === 0 ? -index - 1 : index));
        const answers = await Promise.all(values.map((value) => invoke([value])));
        for (const [place, answer] of answers.entries()) {
            const value = values[place] ?? 0;
            if (value >= 0) expect(tensors(answer)["twice"]?.data).to.deep.equal([9 * value]);
            else {
                expect(answer.status).to.equal(400);
                expect(answer.body.toString()).to.contain(`${value} is below 0`);
            }
        }
    });

    it("says which model leaves out what others need", async () => {
        const answer = await invoke([1000]);
        expect(answer.status).to.equal(500);
        expect(answer.body.toString()).to.contain("model scale made no OUT0");
    });

    it("runs all models in one process", () => {
        const runs = server.said.flatMap((line) => /(scale|word) has \d+ in (\d+)/.exec(line)?.slice(1, 3) ?? []);
        expect(new Set(runs)).to.have.property("size", 3); // two models, one process
    });
});

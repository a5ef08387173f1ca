import { expect } from "chai";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { tritonProblems } from "../../../plans/triton/problems.ts";
import { repositoryFiles } from "../../../plans/triton/repository.ts";
import { pythonModel as modelOf } from "../../support/triton/palette.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { type Answer, tensors, TritonServer } from "./support/triton-server.ts";

/**
 * A model that makes OUT0 of IN0 by its module `maker`, which every model has, and `late`, which is imported with the first request. It
 * writes into what it was given once it is done with that, hands IN0 on as OUT2, and says by OUT1 what it was given.
 */
const MODEL = `
import json
import os
import numpy as np
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
        tensor = triton.get_input_tensor_by_name(request, "IN0")
        given = tensor.as_numpy()
        assert isinstance(tensor, triton.Tensor) and tuple(tensor.shape()) == given.shape
        try:
            made = late.last(maker.make(given, self._parameters))
        except ValueError as error:
            return triton.InferenceResponse(error=triton.TritonError(str(error), triton.TritonError.INVALID_ARG))
        seen = triton.Tensor("OUT1", given.astype(np.float32) if given.dtype.kind == "f" else np.zeros(given.shape, np.float32))
        needed = [] if (given == 1000).any() else [triton.Tensor("OUT0", made)]
        if given.dtype.kind == "f":
            seen = triton.Tensor.from_dlpack("OUT1", triton.Tensor("x", seen.as_numpy()))
            given *= 0
        return triton.InferenceResponse([*needed, seen])
`;
/** Uses the memory of its output again and again. */
const SCALE = `
import numpy as np
room = np.empty((8, 1), np.float32)
def make(x, parameters):
    if (x < 0).any():
        raise ValueError(f"{x.min():g} is below 0")
    return np.multiply(x, np.float32(parameters["factor"]["string_value"]), out=room[: len(x)] if len(x) > 1 else None)
`;
const WORD = `
import numpy as np
def make(x, parameters):
    return np.array([[f"{value:g}"] for value in x[:, 0]], dtype=np.object_)
`;
const SHOUT = `
def make(x, parameters):
    return x + b"!"
`;

const numbers = ["TYPE_FP32", [1]] as const;
const texts = ["TYPE_STRING", [1]] as const;
const model = (
    name: string,
    given: typeof numbers | typeof texts,
    made: typeof numbers | typeof texts,
    parameters: Readonly<Record<string, string>> = {},
) => modelOf(name, [given], [made, numbers], { maxBatchSize: 8, parameters, dynamicBatching: {} });

const ensemble: Ensemble = {
    name: "line",
    maxBatchSize: 8,
    inputs: [{ name: "given", dataType: "TYPE_FP32", dims: [1] }],
    outputs: [
        { name: "word", dataType: "TYPE_STRING", dims: [1] },
        { name: "seen", dataType: "TYPE_FP32", dims: [1] },
        { name: "scaled", dataType: "TYPE_FP32", dims: [1] },
        { name: "twice", dataType: "TYPE_FP32", dims: [1] },
    ],
    steps: [
        { modelName: "shout", inputMap: { IN0: "plain" }, outputMap: { OUT0: "word" } },
        { modelName: "word", inputMap: { IN0: "twice" }, outputMap: { OUT0: "plain", OUT1: "seen" } },
        { modelName: "scale", inputMap: { IN0: "scaled" }, outputMap: { OUT0: "twice" } },
        { modelName: "scale", inputMap: { IN0: "given" }, outputMap: { OUT0: "scaled" } },
    ],
    models: [
        model("scale", numbers, numbers, { factor: "3" }),
        model("word", numbers, texts),
        model("shout", texts, texts),
    ],
};
const MAKERS = [
    ["scale", SCALE, "x"],
    ["word", WORD, "x"],
    ["shout", SHOUT, "x + b'!'"],
] as const;

/** Triton with the ensemble, in one process or as Triton runs it. */
class Line {
    readonly server: TritonServer;
    private readonly folder: ProjectFolder;

    constructor(oneProcess: boolean) {
        const described = { ...ensemble, oneProcess };
        expect(tritonProblems(described)).to.deep.equal([]);
        const files = { ...repositoryFiles(described) };
        for (const [name, maker, last] of MAKERS) {
            files[`${name}/1/model.py`] = 'raise ImportError("an old version")';
            files[`${name}/2/model.py`] = MODEL;
            files[`${name}/2/maker.py`] = maker;
            files[`${name}/2/late.py`] = `def last(x): return ${last}\n`;
        }
        this.folder = projectFolder(
            Object.fromEntries(Object.entries(files).map(([path, text]) => [`model/${path}`, text])),
        );
        this.server = new TritonServer(this.folder.path, { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "line" });
    }

    invoke(data: readonly number[]): Promise<Answer> {
        return this.server.invoke([{ name: "given", datatype: "FP32", shape: [data.length, 1], data }]);
    }

    async stop(): Promise<void> {
        await this.server.container.stop();
        this.folder.remove();
    }
}

describe("an ensemble in one process of a real Triton", function () {
    this.timeout(60_000);
    let line: Line;
    let inTriton: Line;
    before(async () => {
        [line, inTriton] = [new Line(true), new Line(false)];
        await Promise.all([line, inTriton].map(({ server }) => server.container.start()));
    });
    after(async () => {
        await inTriton.stop();
        await line.stop();
    });

    it("passes tensors by the ensemble's names, to models that call their modules alike", async () => {
        const answer = await line.invoke([1, 2]);
        expect(answer.status, answer.body.toString()).to.equal(200);
        const { word, seen, scaled, twice } = tensors(answer);
        expect([word?.data, seen?.data, scaled?.data, twice?.data]).to.deep.equal([
            ["9!!", "18!!"],
            [9, 18],
            [3, 6],
            [9, 18],
        ]);
    });

    it("answers as the ensemble does in which each model has a process", async () => {
        for (const data of [[1], [1, 2], [5, 0, 7, 1e6, 0.125], [3, -1], [4, 1000]]) {
            const [here, there] = await Promise.all([line.invoke(data), inTriton.invoke(data)]);
            if (here.status === 200) expect(tensors(here)).to.deep.equal(tensors(there));
            expect(here.status === 200).to.equal(
                there.status === 200,
                `${here.body.toString()} ${there.body.toString()}`,
            );
        }
    });

    it("answers what a model refuses, and the requests beside it", async () => {
        const values = Array.from({ length: 24 }, (_, index) => (index % 3 === 0 ? -index - 1 : index));
        const answers = await Promise.all(values.map((value) => line.invoke([value])));
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
        const answer = await line.invoke([1000]);
        expect(answer.status).to.equal(500);
        expect(answer.body.toString()).to.contain("model scale made no OUT0");
    });

    it("runs all models in one process", () => {
        const runs = line.server.said.flatMap((said) => /(scale|word) has \d+ in (\d+)/.exec(said)?.slice(1, 3) ?? []);
        expect(new Set(runs)).to.have.property("size", 3); // two models, one process
    });
});

import { expect } from "chai";
import { modelFolderProblems } from "../../../plans/triton/model-folder-problems.ts";
import type { Model } from "../../../plans/triton/model.ts";
import { PLAIN } from "../../support/triton/model-cases.ts";

const onCpu = { kind: "cpu" } as const;
const onnx: Model = { ...PLAIN, backend: "onnxruntime", compute: onCpu };

describe("modelFolderProblems", () => {
    const cases: readonly (readonly [string, Model, readonly string[], readonly string[]])[] = [
        ["a Python model", PLAIN, ["1/model.py", "1/helper.py", "labels.txt"], []],
        ["an ONNX model", onnx, ["1/model.onnx"], []],
        ["an ONNX model of several files", onnx, ["1/model.onnx/model.onnx", "1/model.onnx/weights"], []],
        ["OpenVINO's two files", { ...PLAIN, backend: "openvino", compute: onCpu }, ["1/model.xml", "1/model.bin"], []],
        ["a model of trees", { ...PLAIN, backend: "fil", compute: onCpu }, ["2/xgboost.json"], []],
        ["a version that is not served", PLAIN, ["1/unfinished", "2/model.py"], []],
        [
            "no files",
            PLAIN,
            [],
            ['folder of model "model": it has no version; accepted: a folder for each, with 1/model.py'],
        ],
        ["a version of another kind", PLAIN, ["1/model.onnx"], ['folder of model "model": there is no 1/model.py']],
        [
            "the wrong file of each backend",
            { ...PLAIN, backend: "openvino", compute: onCpu },
            ["1/model.xml"],
            ['folder of model "model": there is no 1/model.bin'],
        ],
        [
            "no model of trees",
            { ...PLAIN, backend: "fil", compute: onCpu },
            ["1/trees"],
            [
                'folder of model "model": there is no 1/xgboost.model or 1/xgboost.json or 1/xgboost.ubj or 1/model.txt or 1/checkpoint.tl',
            ],
        ],
        [
            "a version with a leading zero",
            PLAIN,
            ["01/model.py"],
            ['folder of model "model": it has no version; accepted: a folder for each, with 1/model.py'],
        ],
        [
            "the latest version without its file",
            PLAIN,
            ["9/model.py", "10/none"],
            ['folder of model "model": there is no 10/model.py'],
        ],
        [
            "all versions, one of them without its file",
            { ...PLAIN, versionPolicy: "all" },
            ["1/none", "2/model.py"],
            ['folder of model "model": there is no 1/model.py'],
        ],
        [
            "a version that is named and not there",
            { ...PLAIN, versionPolicy: { specific: [1, 3] } },
            ["1/model.py"],
            ['folder of model "model": there is no 3/model.py'],
        ],
        [
            "what the configuration names and is not there",
            {
                ...PLAIN,
                executionEnvironment: "env.tar.gz",
                modelWarmup: [{ name: "first", inputs: { IN: { data: { file: "page" } } } }],
            },
            ["1/model.py"],
            ['folder of model "model": there is no env.tar.gz', 'folder of model "model": there is no warmup/page'],
        ],
        [
            "a configuration that would be written over",
            PLAIN,
            ["1/model.py", "config.pbtxt"],
            ['folder of model "model": config.pbtxt is generated from the stack\'s config; leave it out of the folder'],
        ],
    ];
    for (const [what, model, paths, problems] of cases) {
        it(`${problems.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
            expect(modelFolderProblems(model, paths)).to.deep.equal(problems);
        });
    }
});

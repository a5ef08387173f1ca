import { readFileSync } from "node:fs";
import { expect } from "chai";
import { findPython } from "../../../local/launcher/python.ts";
import { adaptRepository, countGpus, isTritonContainer } from "../../../local/launcher/triton-gpus.ts";
import { projectFolder } from "../../support/project-folder.ts";

const built = (target: string) =>
    ({
        kind: "built",
        context: "containers",
        dockerfile: "Dockerfile",
        target,
        platform: "linux/amd64",
        buildArgs: {},
    }) as const;
const elsewhere = (reference: string) => ({ kind: "elsewhere", reference }) as const;
const NAMED = { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "scans" };

describe("GPUs of Triton's containers", () => {
    for (const [what, image, environment, expected] of [
        ["a Dockerfile for Triton", built("triton-server"), {}, true],
        ["another Dockerfile", built("step-server"), {}, false],
        ["AWS's image", elsewhere("1.dkr.ecr.us-east-1.amazonaws.com/sagemaker-tritonserver:25.09-py3"), {}, true],
        [
            "an image of any name that runs an ensemble",
            elsewhere("1.dkr.ecr.us-east-1.amazonaws.com/mine:1"),
            NAMED,
            true,
        ],
        ["another image", elsewhere("1.dkr.ecr.us-east-1.amazonaws.com/mine:1"), {}, false],
    ] as const) {
        it(`${expected ? "are" : "are not"} asked for by ${what}`, () => {
            expect(isTritonContainer({ image, environment })).to.equal(expected);
        });
    }

    it("are counted by Python alone, and groups for them run on CPU where there is none", async () => {
        const config = 'name: "reader"\ninstance_group [ { kind: KIND_GPU } ]\n';
        const folder = projectFolder({ "reader/config.pbtxt": config });
        const said: string[] = [];
        try {
            const gpus = await countGpus(findPython());
            await adaptRepository(findPython(), folder.path, (line) => said.push(line));
            const now = readFileSync("reader/config.pbtxt", "utf8");
            if (gpus > 0) expect([now, said]).to.deep.equal([config, []]);
            else {
                expect(now).to.include("KIND_CPU").and.not.include("KIND_GPU");
                expect(said.join()).to.include("model reader is meant for a GPU, and there is none on this machine");
            }
        } finally {
            folder.remove();
        }
    });
});

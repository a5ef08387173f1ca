import { spawnSync } from "node:child_process";
import { expect } from "chai";

/** What the Dockerfiles are built from where their own base image cannot be pulled: `BASE_IMAGE=… npm run test:docker`. */
const baseImage = process.env["BASE_IMAGE"];
const flags = baseImage === undefined ? [] : ["--base-image", baseImage];

interface Expected {
    readonly containers: readonly string[];
    /** What the sample's answer has to hold. */
    readonly check: (answer: unknown) => void;
}

const STACKS: Readonly<Record<string, Expected>> = {
    pipeline: {
        containers: ["preprocess", "predict", "postprocess"],
        check: (answer) => {
            expect(answer).to.have.property("predictions").with.length(6);
        },
    },
    "multi-model": {
        containers: ["preprocess", "predict", "postprocess"],
        check: (answer) => {
            expect(answer).to.have.nested.property("predictions[0].city", "Lisbon");
        },
    },
    ensemble: {
        containers: ["quality", "recognition", "topics"],
        check: (answer) => {
            expect(answer).to.have.property("scans").with.length(5);
            expect(answer).to.have.nested.property("refused[0].name", "letter-out-of-focus.jpg");
        },
    },
};

describe("stacks of several containers in a Docker engine", () => {
    for (const [stack, { containers, check }] of Object.entries(STACKS)) {
        it(`npm start -- --stack ${stack} --docker --once builds the images, answers the sample request and leaves no container`, () => {
            const { status, stdout, stderr } = spawnSync(
                process.execPath,
                ["local/start.ts", "--stack", stack, "--once", "--docker", ...flags],
                { encoding: "utf8" },
            );
            expect(status, stderr).to.equal(0);
            const [, answer = "", ...table] = stdout.trim().split("\n");
            check(JSON.parse(answer));
            for (const container of containers)
                expect(table.join("\n")).to.match(new RegExp(`^ContainerLatency +main +${container} +1 `, "m"));
            const left = spawnSync("docker", ["ps", "--all", "--quiet", "--filter", "name=serial-inference-"]);
            expect(left.stdout.toString()).to.equal("");
        });
    }
});

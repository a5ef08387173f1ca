import { expect } from "chai";
import { type Step, stepProblems } from "../../plans/step.ts";

const step: Step = { name: "predict", image: { build: { folder: "containers/predict" } } };
const modelPackage = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/3";

const MULTI_MODEL_NEEDS =
    "multiModel needs artifact.models, a folder of models, or artifact.uri, a prefix that ends in /";

const environment = (entries: number, size: number) =>
    Object.fromEntries(Array.from({ length: entries }, (_, index) => [`KEY_${index}`, "v".repeat(size)]));

describe("stepProblems", () => {
    it("has nothing against a step that says just what is needed", () => {
        expect(stepProblems([step])).to.deep.equal([]);
    });

    it("has nothing against the largest environment SageMaker takes", () => {
        expect(stepProblems([{ ...step, environment: environment(100, 300) }])).to.deep.equal([]);
        expect(stepProblems([{ ...step, environment: { ["K".repeat(1024)]: "v".repeat(1024) } }])).to.deep.equal([]);
    });

    it("has nothing against one container that holds the models below a prefix", () => {
        const models = { ...step, multiModel: {}, artifact: { uri: "s3://bucket/models/" } };
        expect(stepProblems([models, { ...step, name: "next" }])).to.deep.equal([]);
        expect(stepProblems([{ ...models, artifact: { models: "models/houses" } }])).to.deep.equal([]);
    });

    const refusals: [string, readonly Step[], string[]][] = [
        [
            "two containers with many models",
            ["first", "second"].map((name) => ({
                ...step,
                name,
                multiModel: {},
                artifact: { uri: "s3://bucket/models/" },
            })),
            ['steps "first", "second" are multi-model; a model has one such container at most'],
        ],
        ...["s3://bucket/model.tar.gz", undefined].map((uri): [string, readonly Step[], string[]] => [
            `many models that lie ${uri === undefined ? "nowhere" : "below no prefix"}`,
            [{ ...step, multiModel: {}, ...(uri !== undefined && { artifact: { uri } }) }],
            [`step "predict": ${MULTI_MODEL_NEEDS}`],
        ]),
        [
            "many models that are one artifact",
            [{ ...step, multiModel: {}, artifact: { path: "models/x", compression: "gzip" } }],
            [
                `step "predict": ${MULTI_MODEL_NEEDS}`,
                'step "predict": artifact.compression is not for many models, each of which is a .tar.gz; leave it out',
            ],
        ],
        [
            "many models without compression",
            [{ ...step, multiModel: {}, artifact: { uri: "s3://bucket/models/", compression: "none" } }],
            ['step "predict": artifact.compression is not for many models, each of which is a .tar.gz; leave it out'],
        ],
        [
            "many models in a container of one",
            [{ ...step, artifact: { models: "models" } }],
            [
                'step "predict": artifact.models is for a step with multiModel; name one model by "path", or set multiModel',
            ],
        ],
        [
            "an artifact of two kinds, which types let pass",
            [{ ...step, multiModel: {}, artifact: { models: "models", uri: "s3://bucket/models/" } }],
            ['step "predict": artifact has models and uri; one of path, models, uri is accepted'],
        ],
        [
            "many models of a model package",
            [
                {
                    name: "predict",
                    image: { modelPackage },
                    multiModel: {},
                    artifact: { models: "models" },
                    access: { repositories: ["arn:aws:ecr:x"] },
                },
            ],
            [
                'step "predict": a model package brings its own artifact; leave out "artifact"',
                'step "predict": multiModel is not for model packages',
            ],
        ],
        [
            "a name with an underscore",
            [{ ...step, name: "my_step" }],
            ['step name "my_step" is no hostname: up to 63 letters, digits and inner hyphens'],
        ],
        [
            "a name that ends in a hyphen",
            [{ ...step, name: "step-" }],
            ['step name "step-" is no hostname: up to 63 letters, digits and inner hyphens'],
        ],
        [
            "two steps of one name",
            [step, step, step],
            ['step name "predict" is used 3 times; names are unique in a model'],
        ],
        [
            "101 environment entries",
            [{ ...step, environment: environment(101, 1) }],
            ['step "predict": 101 environment entries; at most 100'],
        ],
        [
            "an environment key that starts with a digit",
            [{ ...step, environment: { "1ST": "x" } }],
            ['step "predict": environment key "1ST" is not made of letters, digits and _, a digit not first'],
        ],
        [
            "an environment value of 1,025 bytes in fewer characters",
            [{ ...step, environment: { NAME: "é".repeat(513) } }],
            ['step "predict": environment value of "NAME" has 1026 bytes; at most 1024'],
        ],
        [
            "over 32 KB of environment in all steps together",
            ["a", "b"].map((name) => ({ ...step, name, environment: environment(40, 500) })),
            ["the environment of all steps has 40460 bytes; at most 32768 over all containers"],
        ],
        [
            "a model package with an artifact",
            [
                {
                    name: "predict",
                    image: { modelPackage },
                    artifact: { path: "models/x" },
                    access: { repositories: ["arn:aws:ecr:x"] },
                },
            ],
            ['step "predict": a model package brings its own artifact; leave out "artifact"'],
        ],
        [
            "a model package whose image nobody may pull",
            [{ name: "predict", image: { modelPackage } }],
            [
                'step "predict": a model package does not say what it reads; name the ECR repository of its image under ' +
                    '"access.repositories", and its artifact under "access.objects"',
            ],
        ],
        [
            "a server for an image that is not built",
            [{ name: "predict", image: { mirror: "nginx" }, server: "step-server" }],
            ['step "predict": "server" step-server is for images that are built from a container folder; leave it out'],
        ],
        [
            "an architecture for an image of AWS",
            [
                {
                    name: "predict",
                    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
                    architecture: "arm64",
                },
            ],
            ['step "predict": "architecture" is for images that are built or mirrored; leave it out'],
        ],
    ];
    for (const [what, steps, expected] of refusals) {
        it(`refuses ${what}`, () => {
            expect(stepProblems(steps)).to.deep.equal(expected);
        });
    }
});

describe("a step's former name", () => {
    const named = (name: string, formerName?: string): Step => ({
        name,
        image: { mirror: "image" },
        ...(formerName !== undefined && { formerName }),
    });

    it("is its own", () => {
        expect(stepProblems([named("a", "x"), named("b", "y"), named("c"), named("d")])).to.deep.equal([]);
    });

    it("is refused where another step has it, now or before", () => {
        expect(stepProblems([named("a", "b"), named("b"), named("c", "x"), named("d", "x")])).to.deep.equal([
            'step "a": formerName "b" is that of another step, too',
            'step "c": formerName "x" is that of another step, too',
            'step "d": formerName "x" is that of another step, too',
        ]);
    });
});

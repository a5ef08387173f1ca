import { expect } from "chai";
import { type FoundPackage, packageProblems } from "../../../plans/registry/found-package.ts";
import { packageAccess } from "../../../plans/registry/package-access.ts";
import type { Step } from "../../../plans/step.ts";

const arn = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/3";
const image = (repository: string) =>
    `444455556666.dkr.ecr.eu-west-1.amazonaws.com/${repository}@sha256:${"a".repeat(64)}`;
const container = (hostname: string) => ({ hostname, image: image(hostname), data: [] });
const found = (fields: Partial<FoundPackage> = {}): FoundPackage => ({
    arn,
    approval: "Approved",
    status: "Completed",
    containers: [container("preprocess"), container("predict")],
    keys: [],
    ...fields,
});
const steps = (...names: string[]): Step[] => names.map((name) => ({ name, image: { packaged: true } }));

describe("packageProblems", () => {
    it("has none with a version whose containers are the steps", () => {
        expect(packageProblems(found(), steps("preprocess", "predict"))).to.deep.equal([]);
    });

    const refusals: [string, FoundPackage | undefined, Step[], string][] = [
        [
            "a version that waits for approval",
            found({ approval: "PendingManualApproval" }),
            steps("preprocess", "predict"),
            `"${arn}" is PendingManualApproval, not Approved. Approve one: aws sagemaker update-model-package --model-package-arn ${arn}`,
        ],
        [
            "one that was rejected",
            found({ approval: "Rejected" }),
            steps("preprocess", "predict"),
            "is Rejected, not Approved",
        ],
        ["one that failed", found({ status: "Failed" }), steps("preprocess", "predict"), "is Failed, not Completed"],
        [
            "fewer steps",
            found(),
            steps("predict"),
            "has the containers preprocess, predict, and the steps are predict;",
        ],
        [
            "another order",
            found(),
            steps("predict", "preprocess"),
            "and the steps are predict, preprocess; they must be the same, in the same order",
        ],
        [
            "other names",
            found({ containers: [container("container-1")] }),
            steps("digits"),
            "has the containers container-1, and the steps are digits",
        ],
        [
            "a step that brings what has no effect",
            found({ containers: [container("predict")] }),
            [{ name: "predict", image: { mirror: "x" }, artifact: { path: "m" }, environment: {} }],
            'step "predict" has image, artifact, environment, and its container comes with the package; leave that out',
        ],
        [
            "a step of one package in a model of another",
            found({ containers: [container("predict")] }),
            [{ name: "predict", image: { modelPackage: arn } }],
            'step "predict" has image,',
        ],
        [
            "many models",
            found({ containers: [container("predict")] }),
            [{ name: "predict", image: { packaged: true }, multiModel: {} }],
            'step "predict" has multiModel,',
        ],
        [
            "a step without an image and no version",
            undefined,
            steps("predict"),
            'step "predict" has no image; name one, or deploy a version by modelPackage',
        ],
    ];
    for (const [what, version, ofSteps, expected] of refusals) {
        it(`refuses ${what}`, () => {
            const problems = packageProblems(version, ofSteps);
            expect(problems).to.have.length(1);
            expect(problems[0]).to.contain(expected);
        });
    }

    it("says everything at once", () => {
        const version = found({ approval: "Rejected", status: "Deleting" });
        expect(packageProblems(version, [{ name: "other", image: { mirror: "x" } }])).to.have.length(4);
    });
});

describe("packageAccess", () => {
    it("reads just the repositories and objects that the version names, of whichever account, each once", () => {
        const data = [{ uri: "s3://theirs/a/model.tar.gz", isPrefix: false }];
        const version = found({
            containers: [
                { ...container("shared"), data },
                { ...container("shared"), data: [{ uri: "s3://theirs/b/", isPrefix: true }] },
                { hostname: "of-the-marketplace", image: undefined, data: [] },
            ],
        });
        expect(packageAccess(version, "aws-cn")).to.deep.equal({
            repositories: ["arn:aws-cn:ecr:eu-west-1:444455556666:repository/shared"],
            objects: ["arn:aws-cn:s3:::theirs/a/model.tar.gz", "arn:aws-cn:s3:::theirs/b/*"],
            prefixes: [{ bucket: "arn:aws-cn:s3:::theirs", keys: "b/*" }],
        });
    });
});

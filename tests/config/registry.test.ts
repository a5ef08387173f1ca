import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import { PlanError } from "../../plans/plan-error.ts";

const step = { name: "digits", image: { mirror: "image" } };
const parse = (keys: Readonly<Record<string, unknown>>) =>
    parseSettings(
        Object.fromEntries(
            Object.entries({ pattern: "inference-container", steps: [step], ...keys }).map(([key, value]) => [
                `serial-inference:${key}`,
                typeof value === "string" ? value : JSON.stringify(value),
            ]),
        ),
        "Pulumi.test.yaml",
    );

function problems(keys: Readonly<Record<string, unknown>>): readonly string[] {
    try {
        parse(keys);
    } catch (error) {
        if (error instanceof PlanError) return error.problems.map((text) => text.replace(/^serial-inference:/, ""));
        throw error;
    }
    return [];
}

const arn = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/3";
const groupArn = "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/fraud";
const IMAGES = "a mapping with exactly one of build, prebuilt, uri, mirror, modelPackage";

describe("config of the model registry", () => {
    it("takes all that a version can say of itself", () => {
        const registry = {
            group: "fraud",
            description: "Trained on May",
            approval: "approved",
            metadata: { commit: "1a2b3c4" },
            metrics: { path: "figures.json" },
            contentTypes: ["text/csv"],
            responseTypes: ["application/json"],
            instanceTypes: ["ml.m5.large"],
            accounts: ["111122223333"],
        };
        expect(parse({ endpoint: "none", registry })).to.deep.include({ endpoint: "none", registry });
        expect(problems({ registry: {} })).to.deep.equal([]);
    });

    it("takes a version by group, by the group's ARN and a number, and by its own ARN", () => {
        const key = "arn:aws:kms:eu-west-1:123456789012:key/1a2b-3c";
        for (const modelPackage of [
            { group: "fraud" },
            { group: "fraud", version: "latest-approved" },
            { group: groupArn, version: 3, trustedAccounts: ["111122223333"], keys: [key] },
            { arn },
        ])
            expect(parse({ steps: [{ name: "digits" }], modelPackage })).to.deep.include({ modelPackage });
    });

    it("fills in where a step's container comes from", () => {
        const { steps } = parse({ steps: [{ name: "digits" }], modelPackage: { arn } });
        expect(steps).to.deep.equal([{ name: "digits", image: { packaged: true } }]);
    });

    it("asks for a step's image where no version brings it, beside every other problem", () => {
        expect(problems({ steps: [{ name: "a_b" }], endpoint: { instanceCount: 0 } })).to.deep.equal([
            'steps[0].name: found "a_b"; accepted: up to 63 letters, digits and inner hyphens',
            "endpoint.instanceCount: found 0; accepted: a whole number of instances from 1 to 1000",
            `steps[0].image: missing; accepted: ${IMAGES}`,
        ]);
    });

    it("knows no such word in a step", () => {
        expect(
            problems({ steps: [{ name: "digits", image: { packaged: true } }], modelPackage: { arn } }),
        ).to.deep.equal([`steps[0].image: found a mapping with "packaged"; accepted: ${IMAGES}`]);
    });

    const refusals: [string, Readonly<Record<string, unknown>>, string][] = [
        [
            "a status of SageMaker's",
            { registry: { approval: "Approved" } },
            'registry.approval: found "Approved", did you mean "approved"?; accepted: pending, approved',
        ],
        [
            "an account that YAML reads as a number",
            { registry: { accounts: [111122223333] } },
            "registry.accounts[0]: found 111122223333; accepted: the id of an account, 12 digits in quotes",
        ],
        [
            "figures of two kinds",
            { registry: { metrics: { path: "a", uri: "s3://bucket/b" } } },
            'registry.metrics: found a mapping with "path", "uri"; accepted: a mapping with exactly one of path, uri',
        ],
        [
            "metadata that is too long",
            { registry: { metadata: { note: "a".repeat(257) } } },
            "a mapping of up to 50 names to text of up to 256 characters",
        ],
        [
            "too much metadata",
            { registry: { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, ""])) } },
            "accepted: a mapping of up to 50 names",
        ],
        [
            "a version that is a word",
            { modelPackage: { group: "fraud", version: "newest" } },
            'modelPackage.version: found "newest"; accepted: the number of a version; or latest-approved',
        ],
        [
            "version 0",
            { modelPackage: { group: "fraud", version: 0 } },
            "modelPackage.version: found 0; accepted: the number of a version; or latest-approved",
        ],
        [
            "a group that is none",
            { modelPackage: { group: arn } },
            "accepted: the name of a model package group, or its ARN",
        ],
        [
            "the ARN of a group as a version's",
            { modelPackage: { arn: groupArn } },
            "accepted: the ARN of a model package",
        ],
        [
            "a group and an ARN",
            { modelPackage: { group: "fraud", arn } },
            'modelPackage: found a mapping with "group", "arn"; accepted: a mapping with exactly one of group, arn',
        ],
        [
            "neither",
            { modelPackage: {} },
            "modelPackage: found an empty mapping; accepted: a mapping with exactly one of group, arn",
        ],
    ];
    for (const [what, keys, expected] of refusals) {
        it(`refuses ${what}`, () => {
            const found = problems({
                steps: [keys["modelPackage"] === undefined ? step : { name: "digits" }],
                ...keys,
            });
            expect(found).to.have.length(1);
            expect(found[0]).to.contain(expected);
        });
    }
});

import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import { InferencePipeline } from "../../patterns/inference-pipeline.ts";
import type { FoundPackage } from "../../plans/registry/found-package.ts";
import { rules } from "../../policy/rules/index.ts";
import { record } from "../support/record.ts";
import { Graph } from "./mutations/graph.ts";

const theirs: FoundPackage = {
    arn: "arn:aws:sagemaker:eu-west-1:444455556666:model-package/fraud/3",
    approval: "Approved",
    status: "Completed",
    containers: ["preprocess", "predict"].map((hostname) => ({
        hostname,
        image: `444455556666.dkr.ecr.eu-west-1.amazonaws.com/${hostname}@sha256:${"a".repeat(64)}`,
        data: [{ uri: `s3://theirs/${hostname}/model.tar.gz`, isPrefix: false }],
    })),
    keys: ["arn:aws:kms:eu-west-1:444455556666:key/1a2b"],
};
/** What the stack as a whole adds to the pattern. */
const AROUND = {
    "protected-resources": { enforcementLevel: "disabled" },
    "stack-budget": { enforcementLevel: "disabled" },
};

it("the pack finds nothing in prod where it deploys a version that another account has registered", async () => {
    const { values, file } = readStackConfig(".", "prod", {});
    const { endpoint, registry, ...settings } = parseSettings(values, file);
    expect(registry).to.equal(undefined); // a stack either registers or deploys
    if (typeof endpoint !== "object") throw new Error("prod has no endpoint");
    const steps = theirs.containers.map(({ hostname }) => ({
        name: hostname,
        image: { packaged: true } as const,
    }));
    const resources = await record(
        () =>
            new InferencePipeline("project", {
                ...settings,
                steps,
                modelPackage: theirs,
                endpoint: { name: "project-prod", ...endpoint },
            }),
    );
    const told = new Graph(resources, rules, AROUND)
        .review()
        .flatMap(({ rule, violations }) => violations.map(({ message }) => `${rule.id}: ${message}`));
    expect(told).to.deep.equal([]);
});

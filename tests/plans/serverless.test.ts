import { expect } from "chai";
import { type EndpointSettings, planVariants } from "../../plans/endpoint.ts";
import { modelUseProblems } from "../../plans/model-uses.ts";
import { serverlessProblems } from "../../plans/serverless.ts";
import type { Step } from "../../plans/step.ts";

const step: Step = { name: "digits", image: { mirror: "image" } };
const serverless = { memoryMiB: 2048, maxConcurrency: 20 };
const problems = (endpoint: EndpointSettings, steps: readonly Step[] = [step]) =>
    serverlessProblems({ serverless, ...endpoint }, steps);

describe("a serverless endpoint", () => {
    it("has memory and concurrency in the place of instances", () => {
        const planned = planVariants({ serverless: { ...serverless, provisionedConcurrency: 2 } }, "model");
        expect(planned).to.deep.equal([
            {
                variantName: "main",
                modelName: "model",
                initialVariantWeight: 1,
                serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 20, provisionedConcurrency: 2 },
            },
        ]);
    });

    it("may have a variant of another name, and the times of its start", () => {
        const variants = [{ name: "only", startupTimeoutSeconds: 300, scaling: "none" as const }];
        expect(problems({ variants })).to.deep.equal([]);
        expect(planVariants({ serverless, variants }, "model")[0]).to.deep.include({
            variantName: "only",
            containerStartupHealthCheckTimeoutInSeconds: 300,
        });
    });

    it("has neither a shadow nor a deployment in parts", () => {
        const shadow = { name: "next" };
        expect(problems({ shadow, deployment: { type: "all-at-once" } })).to.deep.equal([
            "endpoint.shadow: is of fleets of instances, and a serverless endpoint has none; leave it out",
            "endpoint.deployment: is of fleets of instances, and a serverless endpoint has none; leave it out",
        ]);
    });

    it("keeps no more containers warm than may run", () => {
        expect(problems({ serverless: { ...serverless, provisionedConcurrency: 20 } })).to.deep.equal([]);
        expect(problems({ serverless: { ...serverless, provisionedConcurrency: 21 } })).to.deep.equal([
            "endpoint.serverless.provisionedConcurrency: 21 is over maxConcurrency 20",
        ]);
    });

    it("is neither for pipelines nor for many models or variants, and has nothing of instances; all said at once", () => {
        const endpoint = {
            serverless,
            instanceType: "ml.g5.xlarge",
            instanceCount: 2,
            variants: [
                { name: "a", scaling: { min: 1, max: 4, target: { concurrentRequests: 2 } } },
                { name: "b", volumeGiB: 10 },
            ],
        };
        const none = "is of instances, and a serverless endpoint has none";
        const memory = "it takes endpoint.serverless.memoryMiB, without GPUs; leave it out";
        expect(serverlessProblems(endpoint, [step, { ...step, name: "many", multiModel: {} }])).to.deep.equal([
            "endpoint.serverless: SageMaker runs one container in it, not a pipeline of 2 steps",
            'endpoint.serverless: step "many" is multi-model, which SageMaker does not run serverless',
            "endpoint.serverless: SageMaker takes one variant, not 2",
            `endpoint.instanceType: ${none}: ${memory}`,
            `endpoint.instanceCount: ${none}: ${memory}`,
            `endpoint.variants[0].scaling: ${none}: it scales by itself, up to endpoint.serverless.maxConcurrency; leave it out`,
            `endpoint.variants[1].volumeGiB: ${none}: ${memory}`,
        ]);
    });

    it("is not scaled, and says so once", () => {
        const endpoint = { name: "e", serverless, scaling: { min: 3, max: 1 } };
        expect(modelUseProblems({ endpoint }, [step])).to.deep.equal([
            "endpoint.scaling: is of instances, and a serverless endpoint has none: it scales by itself, up to " +
                "endpoint.serverless.maxConcurrency; leave it out",
        ]);
    });
});

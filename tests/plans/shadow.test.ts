import { expect } from "chai";
import { modelUseProblems } from "../../plans/model-uses.ts";
import { planFleets, weightAdvice } from "../../plans/shadow.ts";
import type { Step } from "../../plans/step.ts";

const step: Step = { name: "digits", image: { mirror: "image" } };

describe("planFleets", () => {
    const weights = (samplingPercent: number) => {
        const { productionVariants, shadowProductionVariants } = planFleets(
            { shadow: { name: "next", samplingPercent } },
            "model",
        );
        return [productionVariants, shadowProductionVariants ?? []].map(([variant]) => variant?.initialVariantWeight);
    };

    it("has no shadow by default", () => {
        expect(planFleets({}, "model")).to.have.keys("productionVariants");
    });

    it("gives a shadow what the endpoint says, and lets it have its own, and another model", () => {
        const shadow = { name: "next", instanceType: "ml.c7g.large", modelName: "candidate" };
        const endpoint = { instanceCount: 2, variants: [{ name: "stable", instanceType: "ml.m5.xlarge" }], shadow };
        const fleet = { initialInstanceCount: 2, initialVariantWeight: 1 };
        expect(planFleets(endpoint, "model")).to.deep.equal({
            productionVariants: [{ variantName: "stable", modelName: "model", instanceType: "ml.m5.xlarge", ...fleet }],
            shadowProductionVariants: [
                { variantName: "next", modelName: "candidate", instanceType: "ml.c7g.large", ...fleet },
            ],
        });
    });

    it("samples by whole weights, whose quotient is the share", () => {
        expect(weights(100)).to.deep.equal([1, 1]);
        expect(weights(50)).to.deep.equal([2, 1]);
        expect(weights(30)).to.deep.equal([10, 3]);
        expect(weights(1)).to.deep.equal([100, 1]);
        expect(weights(99)).to.deep.equal([100, 99]);
    });
});

describe("a shadow", () => {
    const problems = (endpoint: object, steps: readonly Step[] = [step]) =>
        modelUseProblems({ endpoint: { name: "e", shadow: { name: "next" }, ...endpoint } }, steps);

    it("is accepted beside one production variant of one container", () => {
        expect(problems({})).to.deep.equal([]);
    });

    it("is refused beside several variants, under the name of one of them", () => {
        expect(problems({ variants: [{ name: "next" }, { name: "stable" }] })).to.deep.equal([
            'shadow "next": SageMaker takes it beside one production variant, and there are 2',
            'shadow "next": a production variant has that name; names are unique in an endpoint',
        ]);
    });

    it("is refused on an asynchronous endpoint, and is not scaled", () => {
        const shadow = { name: "next", scaling: { min: 1, max: 2, target: { invocationsPerInstance: 10 } } };
        const problems = modelUseProblems({ endpoint: { name: "e", async: {}, shadow } }, [step]);
        expect(problems).to.include('shadow "next": SageMaker has none for asynchronous endpoints');
        expect(problems).to.include('shadow "next": scaling is for variants in production; leave it out');
    });

    it("is refused for what SageMaker has none for: several containers, many models, Inf1, rolling deployments", () => {
        const many: Step = { ...step, name: "many", multiModel: {}, artifact: { uri: "s3://bucket/models/" } };
        const endpoint = {
            instanceCount: 2,
            shadow: { name: "next", instanceType: "ml.inf1.xlarge" },
            deployment: { type: "rolling", size: { percent: 50 } },
        };
        expect(problems(endpoint, [step, many])).to.include.members([
            'shadow "next": SageMaker has none for models of several containers, and this one has 2',
            'shadow "next": SageMaker has none for containers with many models',
            'shadow "next": SageMaker has none on Inf1 instances, such as ml.inf1.xlarge',
            'shadow "next": a rolling deployment is for endpoints with one variant; take linear, or leave it out',
        ]);
    });
});

describe("weightAdvice", () => {
    it("has nothing against whole weights, and fractions that SageMaker keeps", () => {
        const weights = [9, 1, 0, 0.25, 0.5];
        expect(weightAdvice({ variants: weights.map((weight) => ({ name: `v${weight}`, weight })) })).to.deep.equal([]);
    });

    it("tells what SageMaker makes of others, and what to take", () => {
        const variants = [
            { name: "stable", weight: 0.9 },
            { name: "next", weight: 0.1 },
        ];
        expect(weightAdvice({ variants })).to.deep.equal([
            'variant "stable": SageMaker keeps weight 0.9 as 0.8999999761581421, and the configuration is then replaced at each ' +
                "update; weights are relative, so take whole numbers: 9 and 1 in the place of 0.9 and 0.1",
            'variant "next": SageMaker keeps weight 0.1 as 0.10000000149011612, and the configuration is then replaced at each ' +
                "update; weights are relative, so take whole numbers: 9 and 1 in the place of 0.9 and 0.1",
        ]);
    });
});

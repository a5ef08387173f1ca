import { expect } from "chai";
import { endpointProblems, planVariants } from "../../plans/endpoint.ts";

describe("planVariants", () => {
    it("makes one variant named main by default", () => {
        expect(planVariants({}, "model")).to.deep.equal([
            {
                variantName: "main",
                modelName: "model",
                instanceType: "ml.m5.large",
                initialInstanceCount: 1,
                initialVariantWeight: 1,
            },
        ]);
    });

    it("hands what is common to each variant, and lets each override it", () => {
        const common = { instanceType: "ml.c7i.large", instanceCount: 2, volumeGiB: 30, startupTimeoutSeconds: 600 };
        const variants = [
            { name: "stable", weight: 9 },
            { name: "next", weight: 0, instanceCount: 1, downloadTimeoutSeconds: 900 },
        ];
        expect(planVariants({ ...common, variants }, "model")).to.deep.equal([
            {
                variantName: "stable",
                modelName: "model",
                instanceType: "ml.c7i.large",
                initialInstanceCount: 2,
                initialVariantWeight: 9,
                volumeSizeInGb: 30,
                containerStartupHealthCheckTimeoutInSeconds: 600,
            },
            {
                variantName: "next",
                modelName: "model",
                instanceType: "ml.c7i.large",
                initialInstanceCount: 1,
                initialVariantWeight: 0,
                volumeSizeInGb: 30,
                containerStartupHealthCheckTimeoutInSeconds: 600,
                modelDataDownloadTimeoutInSeconds: 900,
            },
        ]);
    });
});

describe("endpointProblems", () => {
    it("has nothing against a good endpoint", () => {
        expect(endpointProblems({ name: "digits-dev" })).to.deep.equal([]);
    });

    it("refuses a long name, a variant's name used twice, and no weight at all, together", () => {
        const variants = [
            { name: "a", weight: 0 },
            { name: "a", weight: 0 },
        ];
        expect(endpointProblems({ name: "x".repeat(64), variants })).to.deep.equal([
            "its name is not up to 63 letters, digits and inner hyphens",
            'variant name "a" is used 2 times; names are unique in an endpoint',
            "every variant has weight 0; at least one must get traffic",
        ]);
    });
});

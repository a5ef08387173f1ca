import { expect } from "chai";
import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { endpointConfigurationKmsKey } from "../../../../policy/rules/sagemaker/endpoint-configuration-kms-key.ts";
import { judged } from "../../judged.ts";

const variant = (properties: object = {}) => ({
    variantName: "main",
    instanceType: "ml.m5.large",
    initialInstanceCount: 2,
    ...properties,
});
const on = (...instanceTypes: unknown[]) => ({
    productionVariants: instanceTypes.map((instanceType) => variant({ instanceType })),
});

describe("endpoint-configuration-kms-key", () => {
    const said = (properties: object) => judged(endpointConfigurationKmsKey, { ...properties });

    it("passes a key, known or not, instances whose own storage the hardware encrypts, and none at all", () => {
        for (const properties of [
            { ...on("ml.m5.large"), kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" },
            { ...on("ml.m5.large"), kmsKeyArn: NOT_KNOWN },
            on("ml.g5.xlarge", "ml.g4dn.xlarge", "ml.m5d.large", "ml.c6gd.large", "ml.m6id.large"),
            { productionVariants: [{ serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 5 } }] },
        ]) {
            expect(said(properties)).to.deep.include({ messages: [], waiting: [] });
        }
    });

    it("refuses volumes without one, once", () => {
        expect(said(on("ml.g5.xlarge", "ml.m5.large", "ml.c6g.large")).messages).to.deep.equal([
            "kmsKeyArn is not set, and productionVariants[1] has volumes on ml.m5.large; accepted: the ARN of a KMS key. " +
                "Set kmsKeyArn to a KMS key that the endpoint's role may use.",
        ]);
    });

    it("leaves an instance type that is not known to up", () => {
        expect(said(on(NOT_KNOWN)).waiting).to.deep.equal(["it: productionVariants[0].instanceType"]);
    });
});

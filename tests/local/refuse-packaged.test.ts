import { expect } from "chai";
import { hostedEndpoints } from "../../local/graph/hosted-endpoint.ts";
import { refusePackaged } from "../../local/refuse-packaged.ts";
import { InferenceContainer, type InferenceContainerArgs } from "../../patterns/inference-container.ts";
import { record } from "../support/record.ts";

const arn = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/3";

async function models(args: Pick<InferenceContainerArgs, "step" | "modelPackage">) {
    const resources = await record(() => new InferenceContainer("app", { ...args, endpoint: { name: "app-test" } }));
    return hostedEndpoints(resources).flatMap(({ variants }) => variants);
}

describe("what the local host does with a registered version", () => {
    it("refuses to serve it, and says what could be served", async () => {
        const containers = [{ hostname: "digits", image: undefined, data: [] }];
        const modelPackage = { arn, approval: "Approved", status: "Completed", containers, keys: [] };
        const packaged = await models({ step: { name: "digits", image: { packaged: true } }, modelPackage });
        expect(() => refusePackaged(packaged, "prod"))
            .to.throw('stack "prod" has a problem')
            .with.property("message")
            .that.contains(arn)
            .and.contains("serve the stack that registers them");
    });

    it("lets a step of a package be, as any image that is not of this machine", async () => {
        const step = { name: "digits", image: { modelPackage: arn }, access: { repositories: [] } };
        expect(() => refusePackaged([], "prod")).not.to.throw();
        const own = await models({ step });
        expect(own).to.have.length(1);
        expect(() => refusePackaged(own, "prod")).not.to.throw();
    });
});

import { expect } from "chai";
import { InferenceContainer, type InferenceContainerArgs } from "../../patterns/inference-container.ts";
import { only, record } from "../support/record.ts";

const step = {
    name: "own",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { uri: "s3://models/model.tar.gz" },
};
const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";

const deploy = (args: Partial<InferenceContainerArgs>) =>
    record(() => new InferenceContainer("app", { step, endpoint: { name: "app-test" }, ...args }));

describe("EndpointLogGroup", () => {
    it("is the one that SageMaker writes to, kept for 30 days, and there before the endpoint", async () => {
        const resources = await deploy({});
        expect(only(resources, GROUP).inputs).to.deep.include({
            name: "/aws/sagemaker/Endpoints/app-test",
            retentionInDays: 30,
        });
        const types = resources.map(({ type }) => type);
        expect(types.indexOf(GROUP)).to.be.lessThan(types.indexOf("aws:sagemaker/endpoint:Endpoint"));
    });

    it("is kept for as long as the stack says, encrypted with its key", async () => {
        const { inputs } = only(await deploy({ logs: { retentionDays: 365 }, key }), GROUP);
        expect(inputs).to.include({ retentionInDays: 365, kmsKeyId: key });
    });

    it("is left to SageMaker where the stack says so, or has no endpoint", async () => {
        expect((await deploy({ logs: "none" })).map(({ type }) => type)).not.to.include(GROUP);
        const transform = { contentType: "text/csv" };
        const resources = await record(() => new InferenceContainer("app", { step, transform }));
        const { name } = only(resources, GROUP).inputs; // the state machine's: the group of transform jobs is the account's
        expect(name).to.match(/^\/aws\/vendedlogs\/states\//);
    });

    it("is refused where there is no endpoint to have one", () => {
        const args = { step, transform: { contentType: "text/csv" }, logs: { retentionDays: 7 } } as const;
        expect(() => new InferenceContainer("app", args)).to.throw("logs: the stack has no endpoint to watch");
    });
});

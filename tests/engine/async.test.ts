import { expect } from "chai";
import { Deployment } from "../../tools/deployment.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";

describe("an asynchronous endpoint that is scaled to zero, in the real engine", () => {
    let api: Awaited<ReturnType<typeof sageMakerApi>>;
    let deployment: Deployment;
    let isThere = false;
    before(async () => {
        api = await sageMakerApi((operation) =>
            operation === "DescribeEndpoint" && isThere
                ? { EndpointConfigName: "gone", ProductionVariants: [{ VariantName: "main", DesiredInstanceCount: 0 }] }
                : { error: "ValidationException", message: `Could not find what ${operation} asks for.` },
        );
        const model = { "models/digits/artifact/model.joblib": "weights" };
        deployment = await Deployment.create("dev", model, clientEnvironment(api.url));
        await deployment.configure("serial-inference:endpoint.async.errorTopic", "create");
        await deployment.configure("serial-inference:endpoint.scaling.min", "0");
        await deployment.configure("serial-inference:endpoint.scaling.max", "3");
        await deployment.configure("serial-inference:endpoint.scaling.target.backlogPerInstance", "5");
    });
    after(() => {
        deployment.remove();
        api.close();
    });

    it("comes up with its bucket, its topic and a way back from zero", async () => {
        await deployment.up();
        const types = deployment.cloud().map((file) => file.split("=")[0]);
        expect(types.filter((type) => type === "aws.appautoscaling.Policy")).to.have.length(2);
        expect(types).to.include.members(["aws.cloudwatch.MetricAlarm", "aws.sns.Topic", "aws.appautoscaling.Target"]);
        const { async } = await deployment.outputs();
        expect(async?.value).to.have.all.keys("input", "output", "failure", "errorTopicArn");
    });

    it("gets one instance for an update while it has none", async () => {
        isThere = true;
        deployment.write("models/digits/artifact/model.joblib", "other weights");
        await deployment.up();
        const { endpointConfigName } = deployment.resource("aws.sagemaker.Endpoint=serial-inference-dev");
        const configuration = deployment.resource(`aws.sagemaker.EndpointConfiguration=${String(endpointConfigName)}`);
        const [variant] = configuration["productionVariants"] as readonly Record<string, unknown>[];
        expect(variant).to.include({ initialInstanceCount: 1 });
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});

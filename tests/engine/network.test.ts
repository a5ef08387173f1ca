import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";

const STACK = {
    config: {
        "serial-inference:pattern": "inference-container",
        "serial-inference:steps": [
            {
                name: "predict",
                image: { build: { folder: "containers/digits" } },
                artifact: { path: "models/predict" },
            },
        ],
        "serial-inference:endpoint": { dataCapture: { samplingPercent: 10 } },
        "serial-inference:alarms": true,
        "serial-inference:transform": { contentType: "text/csv" },
        "serial-inference:network": { vpc: { make: { availabilityZones: 2 } } },
        "serial-inference:key": { make: {} },
    },
};

/** `op type name` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type, name }) => `${op} ${type} ${name}`);

describe("a stack with a VPC and a key of its own in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("private", {
            "Pulumi.private.yaml": JSON.stringify(STACK), // JSON is YAML
            "models/predict/model.joblib": "weights",
        });
    });
    after(() => {
        deployment.remove();
    });

    const model = () => {
        const [file] = deployment.cloud().filter((name) => name.startsWith("aws.sagemaker.Model="));
        return deployment.resource(String(file).replace(/\.json$/, ""));
    };
    const subnets = () => (model()["vpcConfig"] as { subnets: string[] }).subnets;

    it("can be previewed before anything is there", async () => {
        const planned = steps(await deployment.preview());
        expect(planned).to.include.members(["create Vpc serial-inference", "create Key serial-inference"]);
    });

    it("comes up with the key's policy before what it encrypts, and the way to AWS before the model", async () => {
        const done = steps(await deployment.up());
        const at = (step: string) => {
            expect(done).to.include(step);
            return done.indexOf(step);
        };
        const inForce = at("create KeyPolicy serial-inference");
        for (const encrypted of [
            "LogGroup serial-inference",
            "LogGroup serial-inference-flow",
            "Topic serial-inference",
        ])
            expect(at(`create ${encrypted}`), encrypted).to.be.greaterThan(inForce);
        const created = at("create Model serial-inference");
        for (const service of ["s3", "logs", "monitoring", "ecr.api", "ecr.dkr"])
            expect(at(`create VpcEndpoint serial-inference-${service}`), service).to.be.lessThan(created);
        for (const rule of ["s3", "endpoints"])
            expect(at(`create SecurityGroupEgressRule serial-inference-containers-${rule}`)).to.be.lessThan(created);
        expect(subnets()).to.have.length(2);
        const outputs = await deployment.outputs();
        expect(outputs["keyArn"]?.value).to.match(/^arn:aws:kms:us-east-1:123456789012:key\//);
        expect(outputs["network"]?.value).to.deep.include({ subnetIds: subnets() });
    });

    it("changes nothing on the second up", async () => {
        // no preview: the stand-in of awsx does not say which route tables a VPC has, so none could know them
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("gets a new model for another subnet, the old one deleted last, and keeps the subnets that it has", async () => {
        const before = subnets();
        await deployment.configure("serial-inference:network.vpc.make.availabilityZones", "3");
        const done = steps(await deployment.up());
        const order = done.filter((step) => / (Model|Endpoint|Subnet) /.test(step) && !step.startsWith("replace "));
        expect(order).to.deep.equal([
            "create Subnet serial-inference-isolated-3",
            "create-replacement Model serial-inference",
            "update Endpoint serial-inference",
            "delete-replaced Model serial-inference",
        ]);
        expect(subnets()).to.have.length(3).and.to.include.members(before);
    });

    it("gets a new model for isolation, and the same network", async () => {
        await deployment.configure("serial-inference:network.isolation", "true");
        const done = steps(await deployment.up());
        expect(done).to.include("create-replacement Model serial-inference");
        expect(done.filter((step) => /Vpc|Subnet|SecurityGroup|Key|Role/.test(step))).to.deep.equal([]);
    });

    it("keeps its network and its key over a switch of the pattern", async () => {
        await deployment.configure("serial-inference:pattern", "inference-pipeline");
        await deployment.configure("serial-inference:steps[1].name", "check");
        await deployment.configure("serial-inference:steps[1].image.build.folder", "containers/digits");
        await deployment.configure("serial-inference:steps[1].image.build.args.STEP", "check");
        const done = steps(await deployment.up());
        expect(done.filter((step) => /Vpc |Subnet|SecurityGroup|Key|FlowLog/.test(step))).to.deep.equal([]);
        expect(done).to.include("update Endpoint serial-inference");
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});

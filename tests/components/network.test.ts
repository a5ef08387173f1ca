import { expect } from "chai";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { InferenceContainer, type InferenceContainerArgs } from "../../patterns/inference-container.ts";
import type { NetworkSettings } from "../../plans/network/settings.ts";
import { roleStatements } from "../support/execution-role.ts";
import { only, record } from "../support/record.ts";

const step = {
    name: "own",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { uri: "s3://models/model.tar.gz" },
};
const subnetIds = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const transform = { contentType: "text/csv", input: "s3://lake/in/", output: "s3://lake/out/" };

const deploy = (network?: NetworkSettings, others: Partial<InferenceContainerArgs> = {}) =>
    record(
        () =>
            new InferenceContainer("app", {
                step,
                endpoint: { name: "app-test" },
                ...(network && { network }),
                ...others,
            }),
    );
const model = (resources: readonly RecordedResource[]) => only(resources, "aws:sagemaker/model:Model").inputs;
const named = (resources: readonly RecordedResource[], suffix: string, name: string) => {
    const found = resources.find((resource) => resource.type.endsWith(suffix) && resource.name === name);
    if (found === undefined) throw new Error(`no ${suffix} ${name}`);
    return found;
};
const idOf = ({ outputs }: RecordedResource) => String(outputs["arn"]).split("/").at(-1);
const ofType = (resources: readonly RecordedResource[], suffix: string) =>
    resources.filter(({ type }) => type.endsWith(suffix));
const statements = (resource: RecordedResource, property = "policy") =>
    (JSON.parse(String(resource.inputs[property])) as { Statement: Record<string, unknown>[] }).Statement;
const ec2 = (resources: readonly RecordedResource[]) =>
    roleStatements(resources).filter(({ Action }) => [Action].flat().some((action) => action.startsWith("ec2:")));

describe("a model's network", () => {
    it("is SageMaker's own unless the stack says otherwise, and the role may do nothing in EC2", async () => {
        const resources = await deploy();
        expect(model(resources)).not.to.have.any.keys("enableNetworkIsolation", "vpcConfig");
        expect(ec2(resources)).to.deep.equal([]);
        expect(model(await deploy({ isolation: false }))).to.deep.equal(model(resources));
    });

    it("is none at all in isolation, for which no resource and no right is needed", async () => {
        const resources = await deploy({ isolation: true });
        expect(model(resources)["enableNetworkIsolation"]).to.equal(true);
        expect(ec2(resources)).to.deep.equal([]);
        expect(resources.length).to.equal((await deploy()).length);
    });

    describe("of subnets that are there", () => {
        const securityGroupIds = ["sg-0123456789abcdef0"];

        it("has the groups that are named, and makes nothing", async () => {
            const resources = await deploy({ vpc: { subnetIds, securityGroupIds } });
            expect(model(resources)["vpcConfig"]).to.deep.equal({ subnets: subnetIds, securityGroupIds });
            expect(resources.filter(({ type }) => /^awsx?:(ec2|vpc)/.test(type))).to.deep.equal([]);
        });

        it("gets a group that nothing reaches, and that reaches S3 and the VPC by HTTPS alone", async () => {
            const resources = await deploy({ vpc: { subnetIds } });
            const group = only(resources, "aws:ec2/securityGroup:SecurityGroup");
            expect(group.inputs)
                .to.include({ vpcId: "vpc-0123456789abcdef0" })
                .and.not.have.any.keys("ingress", "egress");
            expect(model(resources)["vpcConfig"]).to.deep.equal({
                subnets: subnetIds,
                securityGroupIds: [idOf(group)],
            });
            expect(ofType(resources, ":SecurityGroupIngressRule")).to.deep.equal([]);
            const reached = ofType(resources, ":SecurityGroupEgressRule").map(({ inputs }) => inputs);
            for (const rule of reached) expect(rule).to.include({ ipProtocol: "tcp", fromPort: 443, toPort: 443 });
            expect(reached.map(({ prefixListId, cidrIpv4 }) => prefixListId ?? cidrIpv4)).to.have.members([
                "pl-63a5400a",
                "10.0.0.0/16",
            ]);
        });

        it("lets the role have interfaces there, and see the network", async () => {
            const resources = await deploy({ vpc: { subnetIds, securityGroupIds } });
            const place = "arn:aws:ec2:eu-west-1:123456789012";
            const subnets = subnetIds.map((id) => `${place}:subnet/${id}`);
            const [inSubnets, withGroups, create, own, describe] = ec2(resources);
            expect(inSubnets).to.include({ Action: "ec2:CreateNetworkInterface" });
            expect(inSubnets?.["Resource"]).to.deep.equal(subnets);
            expect(withGroups?.["Resource"]).to.deep.equal([`${place}:security-group/sg-0123456789abcdef0`]);
            expect(create).to.deep.include({
                Action: "ec2:CreateNetworkInterface",
                Resource: `${place}:network-interface/*`,
            });
            expect(own?.["Condition"]).to.deep.equal({ ArnEquals: { "ec2:Subnet": subnets } });
            expect(describe).to.include({ Resource: "*" });
            for (const action of [describe?.["Action"]].flat()) expect(action).to.match(/^ec2:Describe/);
        });

        it("serves a batch transform, whose containers talk to each other where it has several instances", async () => {
            const alone = await deploy({ vpc: { subnetIds } }, { transform });
            expect(ofType(alone, ":SecurityGroupIngressRule")).to.deep.equal([]);
            const several = await deploy({ vpc: { subnetIds } }, { transform: { ...transform, instanceCount: 2 } });
            const { securityGroupId, referencedSecurityGroupId } =
                ofType(several, ":SecurityGroupIngressRule")[0]?.inputs ?? {};
            expect(referencedSecurityGroupId).to.equal(securityGroupId);
        });
    });

    describe("of a VPC that is made", () => {
        const vpc = { make: {} };
        const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let resources: RecordedResource[];
        before(async () => {
            resources = await deploy({ vpc }, { key, logs: { retentionDays: 90 } });
        });

        it("has isolated subnets in two zones, whose place does not depend on how many zones there are", async () => {
            expect(only(resources, "awsx:ec2:Vpc").inputs).to.deep.equal({
                cidrBlock: "10.0.0.0/16",
                numberOfAvailabilityZones: 2,
                enableDnsHostnames: true,
                enableDnsSupport: true,
                natGateways: { strategy: "None" },
                subnetStrategy: "Auto",
                availabilityZoneCidrMask: 19,
                subnetSpecs: [{ type: "Isolated" }],
            });
            const { subnets } = model(resources)["vpcConfig"] as { subnets: string[] };
            expect(subnets).to.have.length(2);
            const named = await deploy({
                vpc: { make: { availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] } },
            });
            expect(only(named, "awsx:ec2:Vpc").inputs).to.deep.include({
                availabilityZoneNames: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
            });
        });

        it("reaches CloudWatch and ECR by interface endpoints, which take HTTPS of the containers alone", () => {
            const interfaces = ofType(resources, ":VpcEndpoint").filter(
                ({ inputs }) => inputs["vpcEndpointType"] === "Interface",
            );
            expect(interfaces.map(({ inputs }) => inputs["serviceName"])).to.have.members(
                ["logs", "monitoring", "ecr.api", "ecr.dkr"].map((service) => `com.amazonaws.eu-west-1.${service}`),
            );
            const id = (name: string) =>
                String(named(resources, ":SecurityGroup", name).outputs["arn"])
                    .split("/")
                    .at(-1);
            for (const { inputs } of interfaces) {
                expect(inputs).to.deep.include({ privateDnsEnabled: true, securityGroupIds: [id("app-endpoints")] });
            }
            expect(only(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs).to.include({
                securityGroupId: id("app-endpoints"),
                referencedSecurityGroupId: id("app-containers"),
                fromPort: 443,
                toPort: 443,
            });
            const reached = ofType(resources, ":SecurityGroupEgressRule").map(({ inputs }) => inputs);
            expect(reached.map((rule) => rule["securityGroupId"])).to.deep.equal([
                id("app-containers"),
                id("app-containers"),
            ]);
            expect(
                reached.map(({ prefixListId, referencedSecurityGroupId }) => prefixListId ?? referencedSecurityGroupId),
            ).to.have.members(["pl-63a5400a", id("app-endpoints")]);
        });

        it("reaches S3 by a gateway, as the execution role and by nothing that this may not do", () => {
            const gateway = named(resources, ":VpcEndpoint", "app-s3");
            expect(gateway.inputs["routeTableIds"]).to.have.length(2);
            const [role, layers, ...others] = statements(gateway);
            expect(role?.["Condition"]).to.deep.equal({
                ArnEquals: { "aws:PrincipalArn": String(named(resources, ":Role", "app").outputs["arn"]) },
            });
            expect(layers).to.include({ Resource: "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*" });
            expect(others).to.deep.equal([]);
        });

        it("logs its traffic for as long as the stack's logs are kept, encrypted, and closes the default group", () => {
            expect(named(resources, ":LogGroup", "app-flow").inputs).to.deep.equal({
                name: "/aws/vpc/flow-logs/app-test",
                retentionInDays: 90,
                kmsKeyId: key,
            });
            expect(only(resources, "aws:ec2/flowLog:FlowLog").inputs).to.include({ trafficType: "ALL" });
            expect(only(resources, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs).not.to.have.any.keys(
                "ingress",
                "egress",
            );
        });

        it("has the endpoints that are named, or S3's alone", async () => {
            const bare = await deploy({ vpc: { make: { endpoints: [] } } });
            expect(ofType(bare, ":VpcEndpoint").map(({ name }) => name)).to.deep.equal(["app-s3"]);
            expect(ofType(bare, ":SecurityGroup").map(({ name }) => name)).to.deep.equal(["app-containers"]);
            expect(statements(named(bare, ":VpcEndpoint", "app-s3")).map(({ Sid }) => Sid)).to.deep.equal([
                "ExecutionRole",
            ]);
        });
    });
});

import { expect } from "chai";
import fc from "fast-check";
import { s3GatewayStatements } from "../../plans/iam/s3-gateway.ts";
import { modelUseProblems } from "../../plans/model-uses.ts";
import { networkAdvice } from "../../plans/network/advice.ts";
import { isAligned, parseCidr, subnetPrefix, usableAddresses } from "../../plans/network/cidr.ts";
import { givenSubnetProblems } from "../../plans/network/given-subnets.ts";
import { networkProblems } from "../../plans/network/problems.ts";
import type { MadeVpcSettings, NetworkSettings } from "../../plans/network/settings.ts";
import type { EndpointSettings } from "../../plans/endpoint.ts";
import type { Step } from "../../plans/step.ts";

const step: Step = { name: "own", image: { mirror: "image" } };
const subnet = (number: number) => `subnet-${String(number).padStart(17, "0")}`;
const subnets = (count: number) => Array.from({ length: count }, (_, index) => subnet(index));
const problems = (network: NetworkSettings, endpoint: EndpointSettings = {}, steps: readonly Step[] = [step]) =>
    networkProblems(network, { endpoint }, steps);
const made = (make: MadeVpcSettings, endpoint?: EndpointSettings) => problems({ vpc: { make } }, endpoint);

describe("the network of a model", () => {
    it("may be anything that SageMaker takes", () => {
        for (const network of [
            {},
            { isolation: true },
            { vpc: { make: {} } },
            { isolation: true, vpc: { subnetIds: subnets(2) } },
            { vpc: { subnetIds: subnets(16), securityGroupIds: subnets(5) } },
        ])
            expect(problems(network, { async: {}, dataCapture: {} })).to.deep.equal([]);
    });

    it("has two to sixteen subnets, each once, and up to five groups", () => {
        expect(problems({ vpc: { subnetIds: [] } })).to.deep.equal([
            "network.vpc.subnetIds: found 0; SageMaker takes 2 to 16 subnets",
        ]);
        expect(problems({ vpc: { subnetIds: subnets(1), securityGroupIds: [] } })).to.deep.equal([
            "network.vpc.subnetIds: found 1; SageMaker takes 2 to 16 subnets",
            "network.vpc.securityGroupIds: found 0; SageMaker takes 1 to 5 groups",
        ]);
        expect(
            problems({ vpc: { subnetIds: [...subnets(16), subnet(0)], securityGroupIds: subnets(6) } }),
        ).to.deep.equal([
            "network.vpc.subnetIds: found 17; SageMaker takes 2 to 16 subnets",
            `network.vpc.subnetIds: "${subnet(0)}" is there twice`,
            "network.vpc.securityGroupIds: found 6; SageMaker takes 1 to 5 groups",
        ]);
    });

    it("is refused of serverless endpoints, with the rest of what is wrong", () => {
        const serverless = { memoryMiB: 2048, maxConcurrency: 5 };
        expect(problems({ isolation: true, vpc: { make: {} } }, { serverless })).to.deep.equal([
            "network.isolation: SageMaker has none for serverless endpoints; leave it out, or endpoint.serverless",
            "network.vpc: SageMaker has none for serverless endpoints; leave it out, or endpoint.serverless",
        ]);
        expect(problems({ isolation: false }, { serverless })).to.deep.equal([]);
        const uses = { endpoint: { name: "app", serverless }, network: { isolation: true } };
        expect(modelUseProblems(uses, [step, { ...step, name: "other" }])).to.have.length(2);
    });

    it("lets no container of an isolated model download its code", () => {
        const downloading = { ...step, environment: { SAGEMAKER_SUBMIT_DIRECTORY: "s3://code/source.tar.gz" } };
        expect(problems({ isolation: true }, {}, [downloading])[0]).to.match(
            /^network\.isolation: step "own" downloads its code/,
        );
        expect(problems({ isolation: false }, {}, [downloading])).to.deep.equal([]);
        const inside = { ...step, environment: { SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code" } };
        expect(problems({ isolation: true }, {}, [inside])).to.deep.equal([]);
    });

    it("warns of AWS's images that are said to need S3, in isolation", () => {
        const prebuilt = (name: string) => [{ ...step, image: { prebuilt: { name, version: "1" } } }];
        expect(networkAdvice({ isolation: true }, prebuilt("sagemaker-scikit-learn"))).to.have.length(1);
        expect(networkAdvice({ isolation: true }, prebuilt("sagemaker-xgboost"))).to.deep.equal([]);
        expect(networkAdvice({}, prebuilt("sagemaker-scikit-learn"))).to.deep.equal([]);
    });

    describe("a VPC that is made", () => {
        const refused: readonly (readonly [MadeVpcSettings, RegExp])[] = [
            [{ cidr: "10.0.0.0" }, /no range of IPv4 addresses/],
            [{ cidr: "10.0.0.256/16" }, /no range of IPv4 addresses/],
            [{ cidr: "10.0.1.0/16" }, /no range of IPv4 addresses/],
            [{ cidr: "10.0.0.0/15" }, /accepted: \/16 to \/25/],
            [{ cidr: "10.0.0.0/26" }, /accepted: \/16 to \/25, since each zone has an eighth of it/],
            [{ availabilityZones: ["eu-west-1a"] }, /availabilityZones: found 1; SageMaker takes 2 to 6 zones/],
            [{ availabilityZones: ["eu-west-1a", "eu-west-1a"] }, /"eu-west-1a" is there twice/],
            [{ endpoints: ["logs", "logs"] }, /make\.endpoints: "logs" is there twice/],
        ];
        for (const [make, reason] of refused) {
            it(`is refused of ${JSON.stringify(make)}`, () => {
                expect(made(make)).to.have.length(1);
                expect(made(make)[0]).to.match(reason);
            });
        }

        it("has addresses for two fleets at their largest", () => {
            // 2 zones × (16 − 5 − 4 endpoints) addresses
            const small = { cidr: "192.168.0.0/25" };
            expect(made(small, { instanceCount: 3 })).to.deep.equal([]);
            expect(made(small, { instanceCount: 4 })[0]).to.match(/has 14 addresses for instances, which want 16/);
            expect(made(small, { scaling: { min: 1, max: 4 } })).to.have.length(1);
            expect(made({ ...small, endpoints: [] }, { instanceCount: 4 })).to.deep.equal([]);
            expect(made({ ...small, availabilityZones: 3 }, { instanceCount: 4 })).to.deep.equal([]);
        });
    });

    it("reads ranges as they are written", () => {
        fc.assert(
            fc.property(
                fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)),
                fc.integer({ min: 0, max: 32 }),
                (bytes, prefix) => {
                    const range = parseCidr(`${bytes.join(".")}/${prefix}`);
                    const first = Buffer.from(bytes).readUInt32BE();
                    expect(range).to.deep.equal({ first, prefix });
                    const host = BigInt(first) & ((1n << BigInt(32 - prefix)) - 1n);
                    expect(isAligned({ first, prefix })).to.equal(host === 0n);
                },
            ),
        );
        expect(usableAddresses(subnetPrefix(25))).to.equal(11);
    });

    it("takes subnets that were looked up if they are of one VPC, in two zones", () => {
        const found = (id: string, vpcId: string, availabilityZone: string) => ({ id, vpcId, availabilityZone });
        expect(
            givenSubnetProblems([found("a", "vpc-1", "eu-west-1a"), found("b", "vpc-1", "eu-west-1b")]),
        ).to.deep.equal([]);
        expect(
            givenSubnetProblems([found("a", "vpc-1", "eu-west-1a"), found("b", "vpc-2", "eu-west-1a")]),
        ).to.deep.equal([
            "network.vpc.subnetIds: they lie in 2 VPCs, vpc-1, vpc-2; a model has one",
            "network.vpc.subnetIds: all lie in eu-west-1a; SageMaker wants subnets in two availability zones at least",
        ]);
    });
});

describe("s3GatewayStatements", () => {
    it("let the role alone through, and ECR's layers where images are pulled through the VPC", () => {
        const [role, ...others] = s3GatewayStatements("arn:role", undefined);
        expect(role?.Condition).to.deep.equal({ ArnEquals: { "aws:PrincipalArn": "arn:role" } });
        expect(others).to.deep.equal([]);
        const [, layers] = s3GatewayStatements("arn:role", "arn:layers/*");
        expect(layers).to.include({ Action: "s3:GetObject", Resource: "arn:layers/*" });
    });
});

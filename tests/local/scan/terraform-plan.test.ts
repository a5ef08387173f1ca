import { expect } from "chai";
import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";
import { terraformPlan } from "../../../local/scan/terraform-plan.ts";

interface Recorded {
    readonly type: string;
    readonly name?: string;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** Types around it, from the stack inwards. */
    readonly within?: string;
}

const recorded = ({ type, name = "one", id, inputs = {}, outputs = {}, within = "" }: Recorded): RecordedResource => ({
    urn: `urn:pulumi:test::project::${within}${type}::${name}`,
    type,
    name,
    id: id ?? null,
    parent: null,
    isProtected: false,
    inputs,
    outputs: { ...inputs, ...outputs },
});

interface Resource {
    readonly address: string;
    readonly values: unknown;
    readonly expressions: unknown;
}

/** The resources of the plan: values and expressions together. */
function converted(...resources: readonly Recorded[]): Resource[] {
    const { planned_values, configuration } = terraformPlan(resources.map(recorded));
    const expressions = configuration.root_module.resources as readonly Resource[];
    return (planned_values.root_module.resources as readonly Resource[]).map(({ address, values }, index) => {
        expect(expressions[index]?.address).to.equal(address);
        return { address, values, expressions: expressions[index]?.expressions };
    });
}

const BUCKET: Recorded = {
    type: "aws:s3/bucket:Bucket",
    name: "data",
    id: "data-0a1b2c3",
    inputs: { forceDestroy: true },
    outputs: { bucket: "data-0a1b2c3", arn: "arn:aws:s3:::data-0a1b2c3" },
};

describe("terraformPlan", () => {
    it("writes properties in snake case, an object as a list of one block, and a map as it is", () => {
        const [resource] = converted({
            type: "aws:sagemaker/model:Model",
            inputs: {
                enableNetworkIsolation: true,
                containers: [
                    {
                        modelDataUrl: "s3://a/b",
                        environment: { MY_KEY: "1" },
                        multiModelConfig: { modelCacheSetting: "Enabled" },
                    },
                ],
                vpcConfig: { subnets: ["subnet-1"] },
                tags: { costCentre: "7" },
            },
        });
        expect(resource?.address).to.equal("aws_sagemaker_model.one");
        expect(resource?.values).to.deep.equal({
            enable_network_isolation: true,
            container: [
                {
                    model_data_url: "s3://a/b",
                    environment: { MY_KEY: "1" },
                    multi_model_config: [{ model_cache_setting: "Enabled" }],
                },
            ],
            vpc_config: [{ subnets: ["subnet-1"] }],
            tags: { costCentre: "7" },
        });
    });

    it("refers to a resource where the value is what AWS makes up for it, at any depth", () => {
        const [, versioning, queue] = converted(
            BUCKET,
            { type: "aws:s3/bucketVersioning:BucketVersioning", inputs: { bucket: "data-0a1b2c3" } },
            {
                type: "aws:cloudwatch/eventTarget:EventTarget",
                inputs: {
                    arn: "arn:aws:other",
                    deadLetterConfig: { arn: "arn:aws:s3:::data-0a1b2c3" },
                },
            },
        );
        expect(versioning).to.deep.include({
            values: {},
            expressions: { bucket: { references: ["aws_s3_bucket.data.id", "aws_s3_bucket.data"] } },
        });
        expect(queue).to.deep.include({
            values: { arn: "arn:aws:other", dead_letter_config: [{}] },
            expressions: {
                dead_letter_config: [{ arn: { references: ["aws_s3_bucket.data.arn", "aws_s3_bucket.data"] } }],
            },
        });
    });

    it("keeps what is known of a list in which some items refer to a resource", () => {
        const group: Recorded = { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1" };
        const references = ["aws_security_group.one.id", "aws_security_group.one"];
        const endpoint = (...securityGroupIds: readonly string[]) =>
            converted(group, { type: "aws:ec2/vpcEndpoint:VpcEndpoint", inputs: { securityGroupIds } })[1];
        expect(endpoint("sg-1", "sg-2")).to.deep.include({
            values: { security_group_ids: [null, "sg-2"] },
            expressions: { security_group_ids: { references } },
        });
        expect(endpoint("sg-1")).to.deep.include({ values: {}, expressions: { security_group_ids: { references } } });
    });

    it("takes nothing that the program gave for a reference", () => {
        const named: Recorded = {
            type: "aws:sagemaker/endpoint:Endpoint",
            id: "shop",
            inputs: { name: "shop" },
            outputs: { arn: "arn:aws:sagemaker:::endpoint/shop" },
        };
        const [endpoint] = converted(named);
        expect(endpoint).to.deep.include({ values: { name: "shop" }, expressions: {} });
    });

    it("leaves out secrets, and names a file by its path", () => {
        const [object] = converted({
            type: "aws:s3/bucketObjectv2:BucketObjectv2",
            inputs: { key: "[secret]", source: { asset: "/a/b.tar.gz" } },
        });
        expect(object?.values).to.deep.equal({ source: "/a/b.tar.gz" });
    });

    it("puts a key's policy where the key is, as checks read it there", () => {
        const [key] = converted(
            { type: "aws:kms/key:Key", id: "1234-5678", outputs: { keyId: "1234-5678" } },
            { type: "aws:kms/keyPolicy:KeyPolicy", inputs: { keyId: "1234-5678", policy: "{}" } },
        );
        expect(key?.values).to.deep.equal({ policy: "{}" });
    });

    it("makes a VPC of awsx one of AWS, to which others refer", () => {
        const [vpc, log] = converted(
            {
                type: "awsx:ec2:Vpc",
                inputs: { cidrBlock: "10.0.0.0/16", subnetStrategy: "Auto" },
                outputs: { vpcId: "vpc-1" },
            },
            { type: "aws:ec2/flowLog:FlowLog", inputs: { vpcId: "vpc-1" } },
        );
        expect(vpc).to.deep.include({ address: "aws_vpc.one", values: { cidr_block: "10.0.0.0/16" } });
        expect(log?.expressions).to.deep.include({ vpc_id: { references: ["aws_vpc.one.id", "aws_vpc.one"] } });
    });

    it("gives every resource an address of its own", () => {
        const type = "aws:cloudwatch/logGroup:LogGroup";
        const addresses = converted(
            { type, within: "a:index:Endpoint$" },
            { type, within: "a:index:Endpoint$a:index:Transform$" },
            { type, name: "main/no.traffic" },
        ).map(({ address }) => address);
        expect(addresses).to.deep.equal([
            "aws_cloudwatch_log_group.one-Endpoint",
            "aws_cloudwatch_log_group.one-Endpoint-Transform",
            "aws_cloudwatch_log_group.main_no_traffic",
        ]);
    });

    it("leaves out what is not AWS's, and refuses what it has no name for", () => {
        expect(converted({ type: "docker-build:index:Image" }, { type: "serial-inference:index:Endpoint" })).to.be
            .empty;
        expect(() => converted({ type: "aws:lambda/function:Function" })).to.throw(
            "aws:lambda/function:Function would not be scanned: add it to TERRAFORM_TYPES, or to NOT_OF_AWS, in local/scan/terraform-types.ts",
        );
        expect(() => converted({ ...BUCKET, inputs: { grants: [{ type: "Group" }] } })).to.throw(
            'aws:s3/bucket:Bucket has a list of blocks "grants" that has no name in Terraform: add it to local/scan/terraform-types.ts',
        );
    });
});

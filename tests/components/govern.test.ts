import * as aws from "@pulumi/aws";
import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { govern } from "../../components/govern.ts";
import { ModelObject } from "../../components/model-object.ts";
import { only, record } from "../support/record.ts";

const TAGS = { Team: "ml" };

/** A component of somebody's that takes the transformation as an option. */
class Holder extends pulumi.ComponentResource {
    constructor(make: (child: pulumi.CustomResourceOptions) => void, governance: Parameters<typeof govern>[0]) {
        super("test:index:Holder", "holder", {}, { transformations: [govern(governance)] });
        make({ parent: this });
        this.registerOutputs({});
    }
}

const governed = (make: (child: pulumi.CustomResourceOptions) => void, governance: Parameters<typeof govern>[0]) =>
    record(() => new Holder(make, governance));

describe("tags and protection of an environment", () => {
    it("reach what takes tags, and a resource's own tags stay", async () => {
        const resources = await governed(
            (child) => {
                new aws.sns.Topic("plain", {}, child);
                new aws.sqs.Queue("own", { tags: { Team: "other", Own: "1" } }, child);
                new aws.iam.Role("late", { assumeRolePolicy: "{}", tags: pulumi.output({ Own: "1" }) }, child);
            },
            { tags: TAGS },
        );
        expect(only(resources, "aws:sns/topic:Topic").inputs["tags"]).to.deep.equal(TAGS);
        expect(only(resources, "aws:sqs/queue:Queue").inputs["tags"]).to.deep.equal({ Team: "other", Own: "1" });
        expect(only(resources, "aws:iam/role:Role").inputs["tags"]).to.deep.equal({ Team: "ml", Own: "1" });
        expect(resources.filter(({ isProtected }) => isProtected)).to.deep.equal([]);
    });

    it("leave alone what takes none: objects, policies, and images, whose tags are others", async () => {
        const resources = await governed(
            (child) => {
                new aws.s3.BucketObjectv2("object", { bucket: "bucket", key: "key" }, child);
                new ModelObject("model", { bucket: "b", key: "k", source: new pulumi.asset.StringAsset("x") }, child);
                new aws.iam.RolePolicy("policy", { role: "role", policy: "{}" }, child);
                new dockerBuild.Image("image", { push: false, tags: ["repository:1"] }, child);
            },
            { tags: TAGS, protect: true },
        );
        for (const { type, inputs, isProtected } of resources) {
            expect(inputs["tags"] ?? {}, type).not.to.have.property("Team");
            expect(isProtected, type).to.equal(false);
        }
        expect(only(resources, "docker-build:index:Image").inputs["tags"]).to.deep.equal(["repository:1"]);
    });

    it("protect endpoints, buckets, log groups, keys and model package groups, and nothing else", async () => {
        const make = (child: pulumi.CustomResourceOptions) => {
            new aws.sagemaker.Endpoint("e", { endpointConfigName: "c" }, child);
            new aws.s3.Bucket("b", {}, child);
            new aws.cloudwatch.LogGroup("l", {}, child);
            new aws.kms.Key("k", {}, child);
            new aws.sagemaker.ModelPackageGroup("g", { modelPackageGroupName: "g" }, child);
            new aws.sns.Topic("t", {}, child);
            new aws.ecr.Repository("r", {}, child);
        };
        const protectedOf = async (protect: boolean) =>
            (await governed(make, { protect })).filter(({ isProtected }) => isProtected).map(({ name }) => name);
        expect(await protectedOf(true)).to.have.members(["e", "b", "l", "k", "g"]);
        expect(await protectedOf(false)).to.deep.equal([]);
    });
});

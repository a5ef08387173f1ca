import { expect } from "chai";
import { ArtifactBucket } from "../../components/artifact-bucket.ts";
import { only, record } from "../support/record.ts";

describe("ArtifactBucket", () => {
    it("is TLS only, not public, encrypted, versioned, owned by the account, and aborts incomplete uploads", async () => {
        const resources = await record(() => new ArtifactBucket("models", {}));
        const inputs = (type: string) => only(resources, `aws:s3/${type}`).inputs;

        expect(inputs("bucketPublicAccessBlock:BucketPublicAccessBlock")).to.include({
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        expect(
            inputs("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")["rules"],
        ).to.deep.equal([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
        expect(inputs("bucketVersioning:BucketVersioning")["versioningConfiguration"]).to.deep.equal({
            status: "Enabled",
        });
        expect(inputs("bucketOwnershipControls:BucketOwnershipControls")["rule"]).to.deep.equal({
            objectOwnership: "BucketOwnerEnforced",
        });
        expect(inputs("bucketLifecycleConfiguration:BucketLifecycleConfiguration")["rules"]).to.deep.include.members([
            {
                id: "abort-uploads",
                status: "Enabled",
                filter: {},
                abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
            },
        ]);
        const policy = JSON.parse(inputs("bucketPolicy:BucketPolicy")["policy"] as string) as {
            Statement: Record<string, unknown>[];
        };
        expect(policy.Statement).to.have.length(1);
        expect(policy.Statement[0]).to.deep.include({
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        });
        expect(policy.Statement[0]?.["Resource"]).to.satisfy(
            (arns: string[]) =>
                arns.length === 2 &&
                /^arn:aws:s3:::models-\w{7}$/.test(arns[0] ?? "") &&
                arns[1] === `${arns[0] ?? ""}/*`,
        );
    });
});

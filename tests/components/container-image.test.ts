import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { ContainerImage, type ContainerImageArgs } from "../../components/container-image.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { only, record } from "../support/record.ts";

const digest = `sha256:${"d".repeat(64)}`;

/** Registers an image and gives what it registered, its URI and its repository. */
async function make(
    args: ContainerImageArgs,
): Promise<{ resources: RecordedResource[]; uri: string; repositoryArn: string }> {
    let uri = "";
    let repositoryArn = "";
    const resources = await record(() => {
        const image = new ContainerImage("digits", args);
        pulumi.all([image.uri, image.repositoryArn]).apply((known) => ([uri, repositoryArn] = known));
    });
    return { resources, uri, repositoryArn };
}

describe("ContainerImage", () => {
    describe("from a container folder", () => {
        let folder: ProjectFolder;
        beforeEach(() => {
            folder = projectFolder({
                "containers/digits/Dockerfile": "FROM scratch",
                "containers/digits/Dockerfile.dockerignore": "*\n!digits\n!serving\n**/__pycache__",
                "containers/digits/inference.py": "1",
                "containers/serving/app.py": "1",
            });
        });
        afterEach(() => {
            folder.remove();
        });
        const build = (args: Partial<ContainerImageArgs> = {}) =>
            make({ source: { build: { folder: "containers/digits" } }, ...args });
        const tagOf = async (args?: Partial<ContainerImageArgs>) =>
            (only((await build(args)).resources, "docker-build:index:Image").inputs["tags"] as string[])[0];

        it("builds what CreateModel takes: one platform, Docker media types, named by digest", async () => {
            const { resources, uri } = await build();
            const image = only(resources, "docker-build:index:Image").inputs;
            expect(image).to.deep.include({
                context: { location: "containers" },
                dockerfile: { location: "containers/digits/Dockerfile" },
                target: "step-server",
                platforms: ["linux/amd64"],
                exports: [{ registry: { ociMediaTypes: false } }],
                push: false,
            });
            expect(image["registries"]).to.equal("[secret]");
            expect(uri).to.match(
                /^123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/digits-\w{7}@sha256:[0-9a-f]{64}$/,
            );
        });

        it("keeps the repository private, immutable, scanned, encrypted and bounded", async () => {
            const { resources, repositoryArn } = await build({ keepImages: 3 });
            const repository = only(resources, "aws:ecr/repository:Repository").inputs;
            expect(repository).to.deep.include({
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [{ encryptionType: "KMS" }],
            });
            const lifecycle = JSON.parse(
                only(resources, "aws:ecr/lifecyclePolicy:LifecyclePolicy").inputs["policy"] as string,
            ) as unknown;
            expect(lifecycle).to.have.nested.property("rules[0].selection.countNumber", 3);
            expect(resources.filter(({ type }) => type.includes("repositoryPolicy"))).to.deep.equal([]);
            expect(repositoryArn).to.match(/^arn:aws:ecr:eu-west-1:123456789012:repository\/digits-\w{7}$/);
        });

        it("lets SageMaker itself pull where asked, for this account alone", async () => {
            const { resources } = await build({ pulledBySageMaker: true });
            const policy = only(resources, "aws:ecr/repositoryPolicy:RepositoryPolicy").inputs["policy"] as string;
            expect(JSON.parse(policy)).to.have.nested.property(
                "Statement[0].Principal.Service",
                "sagemaker.amazonaws.com",
            );
            expect(policy).to.contain('"aws:SourceAccount":"123456789012"');
        });

        it("has a new tag for whatever goes into the image, since tags are immutable", async () => {
            const tags = [
                await tagOf(),
                await tagOf({ server: "multi-model-server" }),
                await tagOf({ architecture: "arm64" }),
            ];
            folder.write("containers/digits/inference.py", "2");
            tags.push(await tagOf());
            folder.write("containers/serving/app.py", "2");
            tags.push(await tagOf());
            folder.write("containers/digits/Dockerfile", "FROM scratch\nUSER 1000");
            tags.push(await tagOf());
            expect(new Set(tags).size).to.equal(tags.length);
        });

        it("has the same tag for what the Dockerfile's ignore file leaves out", async () => {
            const before = await tagOf();
            folder.write("containers/serving/__pycache__/app.pyc", "compiled");
            folder.write("containers/other/inference.py", "another container");
            expect(await tagOf()).to.equal(before);
        });

        it("refuses a folder that is not there, or has no Dockerfile", () => {
            folder.write("containers/bare/inference.py", "");
            const image = (path: string) => () => new ContainerImage("digits", { source: { build: { folder: path } } });
            expect(image("containers/none")).to.throw('container folder "containers/none" does not exist');
            expect(image("containers/bare")).to.throw('container folder "containers/bare" has no Dockerfile');
        });
    });

    it("mirrors a third-party image into a repository of its own, and names it by digest", async () => {
        const { resources, uri } = await make({
            source: { mirror: "nvcr.io/nvidia/tritonserver:25.09-py3" },
            architecture: "arm64",
        });
        expect(only(resources, "docker:index/remoteImage:RemoteImage").inputs).to.include({
            name: "nvcr.io/nvidia/tritonserver:25.09-py3",
            platform: "linux/arm64",
        });
        const target = only(resources, "docker:index/tag:Tag").inputs["targetImage"];
        expect(target).to.match(
            /^123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/digits-\w{7}:[0-9a-f]{12}-tritonserver-25\.09-py3$/,
        );
        expect(only(resources, "docker:index/registryImage:RegistryImage").inputs).to.include({ name: target });
        expect(uri).to.match(/\/digits-\w{7}@sha256:[0-9a-f]{64}$/);
    });

    it("takes AWS's image by tag, or by a digest in the tag's place", async () => {
        const prebuilt = { name: "sagemaker-xgboost", version: "1.7-1" };
        const registry = "683313688378.dkr.ecr.eu-west-1.amazonaws.com";
        const byTag = await make({ source: { prebuilt } });
        expect(byTag.uri).to.equal(`${registry}/sagemaker-xgboost:1.7-1`);
        expect(byTag.repositoryArn).to.equal("arn:aws:ecr:eu-west-1:683313688378:repository/sagemaker-xgboost");
        const byDigest = await make({ source: { prebuilt: { ...prebuilt, digest } } });
        expect(byDigest.uri).to.equal(`${registry}/sagemaker-xgboost@${digest}`);
    });

    it("takes an ECR image by digest as it is, and looks up the digest of a tag", async () => {
        const repository = "999999999999.dkr.ecr.us-west-2.amazonaws.com/team/fraud";
        const given = await make({ source: { uri: `${repository}@${digest}` } });
        expect(given.uri).to.equal(`${repository}@${digest}`);
        expect(given.repositoryArn).to.equal("arn:aws:ecr:us-west-2:999999999999:repository/team/fraud");
        const tagged = await make({ source: { uri: `${repository}:7` } });
        expect(tagged.uri).to.match(
            /^999999999999\.dkr\.ecr\.us-west-2\.amazonaws\.com\/team\/fraud@sha256:[0-9a-f]{64}$/,
        );
    });
});

import { expect } from "chai";
import fc from "fast-check";
import { builtFolder, ecrRepository, mirrorTag, planBuild, uriDigest } from "../../plans/image.ts";

const digest = `sha256:${"a".repeat(64)}`;

describe("planBuild", () => {
    it("builds the folder's Dockerfile in its parent's context, by default for the step server on amd64", () => {
        const plan = planBuild({ build: { folder: "containers/digits" } });
        expect(plan).to.deep.equal({
            context: { location: "containers" },
            dockerfile: { location: "containers/digits/Dockerfile" },
            target: "step-server",
            platforms: ["linux/amd64"],
            buildArgs: {},
        });
    });

    it("takes server, architecture and arguments", () => {
        const plan = planBuild({ build: { folder: "a/b", args: { VERSION: "2" } } }, "multi-model-server", "arm64");
        expect(plan).to.include({ target: "multi-model-server" });
        expect(plan.platforms).to.deep.equal(["linux/arm64"]);
        expect(plan.buildArgs).to.deep.equal({ VERSION: "2" });
    });
});

describe("builtFolder", () => {
    it("is the folder an image is built from, or that stands in for one of AWS's", () => {
        const prebuilt = { name: "sagemaker-xgboost", version: "1.7-1" };
        expect(builtFolder({ build: { folder: "a" } })).to.equal("a");
        expect(builtFolder({ prebuilt, local: { folder: "b" } })).to.equal("b");
        expect(builtFolder({ prebuilt })).to.equal(undefined);
        expect(builtFolder({ mirror: "nginx" })).to.equal(undefined);
    });
});

describe("ecrRepository", () => {
    for (const [uri, expected] of [
        [
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b:7",
            { region: "eu-west-1", repositoryName: "a/b", tag: "7" },
        ],
        ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/a", { region: "eu-west-1", repositoryName: "a", tag: "latest" }],
        [
            `123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a@${digest}`,
            { region: "us-gov-west-1", repositoryName: "a", tag: "latest" },
        ],
        [
            "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a:b",
            { region: "cn-north-1", repositoryName: "a", tag: "b" },
        ],
    ] as const) {
        it(`reads ${uri}`, () => {
            expect(ecrRepository(uri)).to.deep.equal({ registryId: "123456789012", ...expected });
        });
    }

    it("refuses what is not in ECR", () => {
        expect(() => ecrRepository("nginx:1")).to.throw(RangeError, '"nginx:1" is not the URI of an ECR image');
    });
});

describe("uriDigest", () => {
    for (const uri of ["host:5000/a/b", "host:5000/a/b:tag", `host:5000/a/b@sha256:${"b".repeat(64)}`]) {
        it(`names ${uri} by digest`, () => {
            expect(uriDigest(uri, digest)).to.equal(`host:5000/a/b@${digest}`);
        });
    }
});

describe("mirrorTag", () => {
    it("is a valid tag, of its own for each reference and platform", () => {
        fc.assert(
            fc.property(fc.string({ minLength: 1 }), (reference) => {
                const tags = ["linux/amd64", "linux/arm64"].map((platform) => mirrorTag(reference, platform));
                for (const tag of tags) expect(tag).to.match(/^[\w][\w.-]{0,127}$/);
                expect(tags[0]).not.to.equal(tags[1]);
            }),
        );
    });
});

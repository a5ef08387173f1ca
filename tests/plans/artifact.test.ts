import { expect } from "chai";
import { archiveKey, artifactFolder, filesPrefix, keyProblems, modelsPrefix } from "../../plans/artifact.ts";

const SHA256 = "ab".repeat(32);

describe("plans/artifact", () => {
    it("makes keys of the name and the content", () => {
        expect(artifactFolder("digits")).to.equal("artifacts/digits/");
        expect(archiveKey("digits", SHA256)).to.equal(`artifacts/digits/${SHA256}/model.tar.gz`);
        expect(filesPrefix("digits", SHA256)).to.equal(`artifacts/digits/${SHA256}/`);
    });

    it("makes the prefix of many models of the step alone, so that it stays whatever the models are", () => {
        expect(modelsPrefix("predict")).to.equal("models/predict/");
    });

    it("accepts a key of 1024 bytes and names each that is longer", () => {
        const room = 1024 - Buffer.byteLength(filesPrefix("digits", SHA256));
        const [fits, long, wide] = ["a".repeat(room), "a".repeat(room + 1), `${"a".repeat(room - 1)}é`];
        expect(keyProblems(filesPrefix("digits", SHA256), [fits, long, wide])).to.deep.equal([
            `the S3 key of "${long}" would have 1025 bytes; at most 1024`,
            `the S3 key of "${wide}" would have 1025 bytes; at most 1024`,
        ]);
    });
});

import { expect } from "chai";
import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { modelContainerCount } from "../../../../policy/rules/sagemaker/model-container-count.ts";
import { modelImageByDigest } from "../../../../policy/rules/sagemaker/model-image-by-digest.ts";
import { modelNetworkIsolation } from "../../../../policy/rules/sagemaker/model-network-isolation.ts";
import { judged } from "../../judged.ts";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const REPOSITORY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api";
const container = (image: unknown) => ({ image });
const PINNED = container(`${REPOSITORY}@${DIGEST}`);

describe("model-container-count", () => {
    for (const count of [2, 15]) {
        it(`passes a pipeline of ${count}`, () => {
            expect(judged(modelContainerCount, { containers: Array(count).fill(PINNED) }).messages).to.deep.equal([]);
        });
    }
    it("passes a primary container", () => {
        expect(judged(modelContainerCount, { primaryContainer: PINNED }).messages).to.deep.equal([]);
    });

    const remediation = "Give primaryContainer alone, or 2 to 15 containers.";
    for (const count of [0, 1, 16]) {
        it(`refuses a pipeline of ${count}`, () => {
            expect(judged(modelContainerCount, { containers: Array(count).fill(PINNED) }).messages).to.deep.equal([
                `containers has ${count}; accepted: 2 to 15, or a primaryContainer. ${remediation}`,
            ]);
        });
    }
    it("refuses both", () => {
        const both = { primaryContainer: PINNED, containers: [PINNED, PINNED] };
        expect(judged(modelContainerCount, both).messages).to.deep.equal([
            `containers has 2 beside primaryContainer; accepted: one of the two. ${remediation}`,
        ]);
    });
});

describe("model-image-by-digest", () => {
    it("passes images by digest, and model packages, which name none", () => {
        expect(
            judged(modelImageByDigest, { containers: [PINNED, { modelPackageName: "package" }] }).messages,
        ).to.deep.equal([]);
    });

    it("refuses tags and digests that are none, each where it is", () => {
        const containers = [`${REPOSITORY}:1.0`, REPOSITORY, `${REPOSITORY}@sha256:abc`].map(container);
        const said = judged(modelImageByDigest, { primaryContainer: container(`${REPOSITORY}:latest`), containers });
        expect(said.messages).to.have.length(4);
        expect(said.messages[0]).to.equal(
            `primaryContainer.image is "${REPOSITORY}:latest", which is no digest; accepted: …@sha256: and 64 hex digits. ` +
                "Name each image by its digest, as REPOSITORY@sha256:….",
        );
        expect(said.messages[2]).to.contain(`containers[1].image is "${REPOSITORY}", which`);
    });

    it("leaves to up what is not known, and says what is", () => {
        const said = judged(modelImageByDigest, { containers: [container(NOT_KNOWN), container(`${REPOSITORY}:1`)] });
        expect(said.waiting).to.deep.equal(["it: containers[0].image"]);
        expect(said.messages).to.have.length(1);
    });
});

describe("model-network-isolation", () => {
    it("passes a model that has it", () => {
        expect(judged(modelNetworkIsolation, { enableNetworkIsolation: true }).messages).to.deep.equal([]);
    });

    const remediation =
        "Set enableNetworkIsolation to true; a container that needs the network is a reason for an exemption.";
    it("refuses one that has not", () => {
        expect(judged(modelNetworkIsolation, {}).messages).to.deep.equal([
            `enableNetworkIsolation is not set; accepted: true. ${remediation}`,
        ]);
        expect(judged(modelNetworkIsolation, { enableNetworkIsolation: false }).messages).to.deep.equal([
            `enableNetworkIsolation is false; accepted: true. ${remediation}`,
        ]);
    });
});

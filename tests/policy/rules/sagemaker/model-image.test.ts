import { expect } from "chai";
import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { modelImageByDigest } from "../../../../policy/rules/sagemaker/model-image-by-digest.ts";
import { modelImageRegistry } from "../../../../policy/rules/sagemaker/model-image-registry.ts";
import { modelImageUriLength } from "../../../../policy/rules/sagemaker/model-image-uri-length.ts";
import { modelPrivateRegistry } from "../../../../policy/rules/sagemaker/model-private-registry.ts";
import { describeRule } from "../../describe-rule.ts";
import { judged } from "../../judged.ts";
import { PINNED, REPOSITORY } from "./given.ts";

const primary = (image: unknown, properties: object = {}) => ({ primaryContainer: { image, ...properties } });
const XGBOOST = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";
const WANTED = "which is no digest; accepted: …@sha256: and 64 hex digits";

describeRule(modelImageByDigest, {
    passes: {
        "a digest": { containers: [PINNED, PINNED] },
        "a model package, which names no image": primary(undefined, { modelPackageName: "package" }),
        "an image of AWS by its tag": primary(XGBOOST),
    },
    fails: {
        "a tag, no tag, and a digest that is none, each where it is": [
            {
                primaryContainer: { image: `${REPOSITORY}:latest` },
                containers: [PINNED, { image: REPOSITORY }, { image: `${REPOSITORY}@sha256:abc` }],
            },
            `primaryContainer.image is "${REPOSITORY}:latest", ${WANTED}`,
            `containers[1].image is "${REPOSITORY}", ${WANTED}`,
            `containers[2].image is "${REPOSITORY}@sha256:abc", ${WANTED}`,
        ],
        "a repository of one's own that is called as AWS's": [
            primary("123456789012.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"),
            `primaryContainer.image is "123456789012.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1", ${WANTED}`,
        ],
    },
    waits: { "an image that is not built yet": [primary(NOT_KNOWN), "it: primaryContainer.image"] },
});

describeRule(modelImageByDigest, {
    settings: { byTag: [`${REPOSITORY}:*`] },
    passes: { "a tag that may be": primary(`${REPOSITORY}:1`) },
    fails: { "any other": [primary("other:1"), `primaryContainer.image is "other:1", ${WANTED}`] },
});

it("model-image-by-digest says what is wrong with one image where another is not known", () => {
    const said = judged(modelImageByDigest, { containers: [{ image: NOT_KNOWN }, { image: "api:1" }] });
    expect(said.waiting).to.deep.equal(["it: containers[0].image"]);
    expect(said.messages).to.have.length(1);
});

describeRule(modelImageUriLength, {
    passes: { "255 characters": primary("x".repeat(255)), "no image": primary(undefined) },
    fails: {
        "256 characters": [primary("x".repeat(256)), "primaryContainer.image has 256 characters; accepted: up to 255"],
    },
    waits: { "an image that is not known": [primary(NOT_KNOWN), "it: primaryContainer.image"] },
});

describeRule(modelImageRegistry, { passes: { "any registry where none is named": primary("docker.io/x") }, fails: {} });
describeRule(modelImageRegistry, {
    settings: { allowed: ["123456789012.dkr.ecr.*.amazonaws.com"] },
    passes: { "an allowed one": primary(PINNED.image), "a model package": primary(undefined) },
    fails: {
        "another account's": [
            primary(XGBOOST),
            "primaryContainer.image comes from 683313688378.dkr.ecr.us-east-1.amazonaws.com; accepted: 123456789012.dkr.ecr.*.amazonaws.com",
        ],
    },
    waits: { "an image that is not known": [primary(NOT_KNOWN), "it: primaryContainer.image"] },
});

const throughVpc = { imageConfig: { repositoryAccessMode: "Vpc" } };
describeRule(modelPrivateRegistry, {
    passes: {
        "an image in ECR": primary(PINNED.image),
        "an image in ECR in China": primary("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/api:1"),
        "another one through the VPC": primary("registry.example.com/api:1", throughVpc),
    },
    fails: {
        "another one without": [
            primary("registry.example.com/api:1", { imageConfig: { repositoryAccessMode: "Platform" } }),
            'primaryContainer.imageConfig does not say repositoryAccessMode "Vpc", and primaryContainer.image is "registry.example.com/api:1"; ' +
                'accepted: "Vpc", or an image in ECR',
        ],
    },
    waits: { "an image that is not known": [primary(NOT_KNOWN), "it: primaryContainer.image"] },
});
describeRule(modelPrivateRegistry, {
    settings: { everyImage: true },
    passes: { "an image through the VPC": primary(PINNED.image, throughVpc) },
    fails: {
        "an image in ECR": [
            primary(`${REPOSITORY}:1`),
            `primaryContainer.imageConfig does not say repositoryAccessMode "Vpc", and primaryContainer.image is "${REPOSITORY}:1"; accepted: "Vpc"`,
        ],
    },
});

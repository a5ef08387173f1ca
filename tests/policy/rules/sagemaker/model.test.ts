import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { modelContainerCount } from "../../../../policy/rules/sagemaker/model-container-count.ts";
import { modelContainerImage } from "../../../../policy/rules/sagemaker/model-container-image.ts";
import { modelExecutionRole } from "../../../../policy/rules/sagemaker/model-execution-role.ts";
import { modelHostnames } from "../../../../policy/rules/sagemaker/model-hostnames.ts";
import { modelInVpc } from "../../../../policy/rules/sagemaker/model-in-vpc.ts";
import { modelMultiModelPrefix } from "../../../../policy/rules/sagemaker/model-multi-model-prefix.ts";
import { modelNameUnset } from "../../../../policy/rules/sagemaker/model-name-unset.ts";
import { modelNetworkIsolation } from "../../../../policy/rules/sagemaker/model-network-isolation.ts";
import { modelOneMultiModel } from "../../../../policy/rules/sagemaker/model-one-multi-model.ts";
import { describeRule } from "../../describe-rule.ts";
import { PINNED } from "./given.ts";

const pipeline = (count: number) => ({ containers: Array(count).fill(PINNED) as unknown[] });

describeRule(modelContainerCount, {
    passes: {
        "a primary container": { primaryContainer: PINNED },
        "a pipeline of 2": pipeline(2),
        "a pipeline of 15": pipeline(15),
        "a primary container that is not known": { primaryContainer: NOT_KNOWN },
        "a registered version, which stands for all of its containers": {
            containers: [{ modelPackageName: "package" }],
        },
    },
    fails: {
        "no container": [{}, "containers has 0; accepted: 2 to 15, or a primaryContainer"],
        "a pipeline of 1": [pipeline(1), "containers has 1; accepted: 2 to 15, or a primaryContainer"],
        "a pipeline of 16": [pipeline(16), "containers has 16; accepted: 2 to 15, or a primaryContainer"],
        both: [
            { primaryContainer: PINNED, ...pipeline(2) },
            "containers has 2 beside primaryContainer; accepted: one of the two",
        ],
    },
    waits: { "containers that are not known": [{ containers: NOT_KNOWN }, "it: containers"] },
});

describeRule(modelContainerImage, {
    passes: {
        "an image for each": pipeline(2),
        "an image that is not known": { primaryContainer: { image: NOT_KNOWN } },
        "a registered version": { containers: [{ modelPackageName: "package" }] },
    },
    fails: {
        "a container without one": [
            { containers: [PINNED, { environment: {} }] },
            "containers[1].image is not set; accepted: the URI of an image, or modelPackageName",
        ],
    },
    waits: { "containers that are not known": [{ containers: NOT_KNOWN }, "it: containers"] },
});

const many = { ...PINNED, mode: "MultiModel", modelDataUrl: "s3://bucket/models/" };

describeRule(modelOneMultiModel, {
    passes: {
        "one container of many models": { containers: [PINNED, many, PINNED] },
        "a primary one": { primaryContainer: many },
        "containers of one model each": pipeline(3),
    },
    fails: {
        two: [
            { containers: [many, PINNED, many] },
            "containers has mode MultiModel 2 times, in containers[0] and containers[2]; accepted: once",
        ],
    },
    waits: { "a mode that is not known": [{ containers: [many, { mode: NOT_KNOWN }] }, "it: containers[1].mode"] },
});

const hosts = (...names: unknown[]) => ({
    containers: names.map((containerHostname) => ({
        ...PINNED,
        ...(containerHostname !== "" && { containerHostname }),
    })),
});
const direct = { inferenceExecutionConfig: { mode: "Direct" } };

describeRule(modelHostnames, {
    passes: {
        "a name for each": hosts("first", "second-1"),
        "no names": hosts("", ""),
        "names in mode Direct": { ...hosts("first", "second"), ...direct },
        "a primary container, which has nobody beside it": { primaryContainer: PINNED },
    },
    fails: {
        "a name for some": [
            hosts("first", "", "third"),
            "containers[1].containerHostname is not set, and 2 of 3 containers have one; accepted: one for each container",
        ],
        "no names in mode Direct": [
            { ...hosts("", ""), ...direct },
            "containers[0].containerHostname is not set, and the mode is Direct; accepted: one for each container",
            "containers[1].containerHostname is not set, and the mode is Direct; accepted: one for each container",
        ],
        "one name twice": [
            hosts("first", "second", "first"),
            'containers[2].containerHostname is "first", as is that of containers[0]; accepted: a name of its own',
        ],
        "names that are none": [
            hosts("-first", "two_words"),
            'containers[0].containerHostname is "-first"; accepted: up to 63 letters, digits and inner hyphens',
            'containers[1].containerHostname is "two_words"; accepted: up to 63 letters, digits and inner hyphens',
        ],
        "a name of 64 characters": [
            hosts("first", "x".repeat(64)),
            `containers[1].containerHostname is "${"x".repeat(64)}"; accepted: up to 63 letters, digits and inner hyphens`,
        ],
    },
    waits: { "a name that is not known": [hosts("first", NOT_KNOWN), "it: containers[1].containerHostname"] },
});

const multi = (properties: object) => ({ containers: [PINNED, { ...PINNED, mode: "MultiModel", ...properties }] });

describeRule(modelMultiModelPrefix, {
    passes: {
        "a prefix that ends in a slash": multi({ modelDataUrl: "s3://bucket/models/" }),
        "an archive where there is one model": {
            primaryContainer: { ...PINNED, modelDataUrl: "s3://bucket/model.tar.gz" },
        },
    },
    fails: {
        "a prefix without the slash": [
            multi({ modelDataUrl: "s3://bucket/models" }),
            'containers[1].modelDataUrl is "s3://bucket/models" with mode MultiModel; accepted: s3://BUCKET/PREFIX/',
        ],
        "no prefix": [
            multi({}),
            "containers[1].modelDataUrl is not set with mode MultiModel; accepted: s3://BUCKET/PREFIX/",
        ],
        "a data source": [
            multi({ modelDataUrl: "s3://bucket/models/", modelDataSource: { s3DataSources: [] } }),
            "containers[1].modelDataSource is set beside mode MultiModel; accepted: modelDataUrl alone",
        ],
    },
    waits: { "a prefix that is not known": [multi({ modelDataUrl: NOT_KNOWN }), "it: containers[1].modelDataUrl"] },
});

describeRule(modelNetworkIsolation, {
    passes: { "a model that has it": { enableNetworkIsolation: true } },
    fails: {
        "one that says nothing": [{}, "enableNetworkIsolation is not set; accepted: true"],
        "one without it": [{ enableNetworkIsolation: false }, "enableNetworkIsolation is false; accepted: true"],
    },
    waits: { "what is not known": [{ enableNetworkIsolation: NOT_KNOWN }, "it: enableNetworkIsolation"] },
});

describeRule(modelInVpc, {
    passes: { "subnets and a group": { vpcConfig: { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] } } },
    fails: {
        "no VPC": [{}, "vpcConfig is not set; accepted: subnets and securityGroupIds"],
        "an empty one": [
            { vpcConfig: { subnets: [], securityGroupIds: [] } },
            "vpcConfig.subnets is empty; accepted: one ID at least",
            "vpcConfig.securityGroupIds is empty; accepted: one ID at least",
        ],
    },
    waits: {
        "subnets that are not known": [
            { vpcConfig: { subnets: NOT_KNOWN, securityGroupIds: ["sg-1"] } },
            "it: vpcConfig.subnets",
        ],
        "one subnet that is not known": [
            { vpcConfig: { subnets: ["subnet-1", NOT_KNOWN], securityGroupIds: ["sg-1"] } },
            "it: vpcConfig.subnets[1]",
        ],
    },
});

describeRule(modelNameUnset, {
    passes: {
        "no name": {},
        "one that the provider made up, by its mark": { name: "anything", __defaults: ["name"] },
        "one that the provider made up, by its form": { name: "it-0123abc" },
    },
    fails: {
        "a name": [{ name: "api" }, 'name is "api"; accepted: none'],
        "a name that only begins like one that was made up": [{ name: "it-2" }, 'name is "it-2"; accepted: none'],
        "a name beside other defaults": [{ name: "api", __defaults: ["tags"] }, 'name is "api"; accepted: none'],
    },
    waits: { "a name that is not known": [{ name: NOT_KNOWN }, "it: name"] },
});

describeRule(modelExecutionRole, {
    passes: {
        "a role": { executionRoleArn: "arn:aws:iam::123456789012:role/api" },
        "a role of another partition, with a path": { executionRoleArn: "arn:aws-cn:iam::123456789012:role/a/b" },
    },
    fails: {
        "no role": [{}, "executionRoleArn is not set; accepted: the ARN of an IAM role"],
        "a name": [{ executionRoleArn: "api" }, 'executionRoleArn is "api"; accepted: the ARN of an IAM role'],
        "a user": [
            { executionRoleArn: "arn:aws:iam::123456789012:user/me" },
            'executionRoleArn is "arn:aws:iam::123456789012:user/me"; accepted: the ARN of an IAM role',
        ],
    },
    waits: { "a role that is not there yet": [{ executionRoleArn: NOT_KNOWN }, "it: executionRoleArn"] },
});

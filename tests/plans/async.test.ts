import { expect } from "chai";
import { planAsync } from "../../plans/async.ts";
import { modelUseProblems } from "../../plans/model-uses.ts";
import type { EndpointSettings } from "../../plans/endpoint.ts";
import { planFromZero, planTracking, planWaitingAlarm } from "../../plans/scaling.ts";
import type { Step } from "../../plans/step.ts";

const step: Step = { name: "digits", image: { mirror: "image" } };
const toZero = { min: 0, max: 4, target: { backlogPerInstance: 5 } };
const problems = (endpoint: EndpointSettings, mode: "serial" | "direct" = "serial", steps: readonly Step[] = [step]) =>
    modelUseProblems({ endpoint: { name: "e", ...endpoint } }, steps, mode);

describe("planAsync", () => {
    const places = { output: "s3://b/output/", failure: "s3://b/failure/" };

    it("writes results and failures, and tells nobody by default", () => {
        expect(planAsync({}, places)).to.deep.equal({
            asyncInferenceConfig: {
                outputConfig: { s3OutputPath: "s3://b/output/", s3FailurePath: "s3://b/failure/" },
            },
        });
    });

    it("tells topics, encrypts by a key, and bounds what is in flight", () => {
        const settings = { kmsKey: "arn:key", maxConcurrentInvocationsPerInstance: 4 };
        expect(planAsync(settings, { ...places, errorTopic: "arn:error" }).asyncInferenceConfig).to.deep.equal({
            clientConfig: { maxConcurrentInvocationsPerInstance: 4 },
            outputConfig: {
                s3OutputPath: "s3://b/output/",
                s3FailurePath: "s3://b/failure/",
                kmsKeyId: "arn:key",
                notificationConfig: { errorTopic: "arn:error" },
            },
        });
    });
});

describe("scaling to zero and back", () => {
    it("tracks the requests that wait for each instance", () => {
        expect(planTracking(toZero, "digits")?.targetTrackingScalingPolicyConfiguration).to.deep.equal({
            targetValue: 5,
            customizedMetricSpecification: {
                namespace: "AWS/SageMaker",
                metricName: "ApproximateBacklogSizePerInstance",
                dimensions: [{ name: "EndpointName", value: "digits" }],
                statistic: "Average",
            },
        });
    });

    it("adds one instance as soon as requests wait and none is there", () => {
        expect(planWaitingAlarm("digits")).to.include({ metricName: "HasBacklogWithoutCapacity", threshold: 1 });
        expect(planFromZero().stepScalingPolicyConfiguration.stepAdjustments).to.deep.equal([
            { metricIntervalLowerBound: "0", scalingAdjustment: 1 },
        ]);
    });
});

describe("an asynchronous endpoint", () => {
    it("may be scaled to zero, of one container or of a line of them", () => {
        const endpoint = { async: {}, scaling: toZero };
        expect(problems(endpoint)).to.deep.equal([]);
        expect(problems(endpoint, "serial", [step, { ...step, name: "next" }])).to.deep.equal([]);
    });

    it("is neither direct nor of many models nor serverless, since its requests name no container and no model", () => {
        const many = { ...step, name: "many", multiModel: {} };
        const serverless = { memoryMiB: 1024, maxConcurrency: 1 };
        const found = problems({ async: {}, serverless }, "direct", [many]);
        expect(found).to.include.members([
            "endpoint.async: InvokeEndpointAsync has no TargetContainerHostname, by which mode direct finds its container",
            'endpoint.async: InvokeEndpointAsync has no TargetModel, by which multi-model step "many" finds its model',
            "endpoint.async: a serverless endpoint answers at once or not at all; leave out one of the two",
        ]);
    });

    it("does not write its results where requests are", () => {
        const async = { input: "s3://b/in/", output: "s3://b/in/out/", failure: "s3://b/" };
        expect(problems({ async })).to.deep.equal([
            'endpoint.async.output: "s3://b/in/out/" and endpoint.async.input "s3://b/in/" lie in each other',
            'endpoint.async.failure: "s3://b/" and endpoint.async.input "s3://b/in/" lie in each other',
        ]);
    });

    it("is scaled by its backlog alone, and another endpoint never", () => {
        const target = { invocationsPerInstance: 5 };
        expect(problems({ async: {}, scaling: { min: 1, max: 2, target } })).to.deep.equal([
            "endpoint.scaling.target.invocationsPerInstance: asynchronous endpoints have no such metric; give backlogPerInstance",
        ]);
        expect(problems({ scaling: toZero })).to.deep.equal([
            "endpoint.scaling: min 0 is for asynchronous endpoints, where requests wait for an instance; at least 1",
            "endpoint.scaling.target.backlogPerInstance: is of asynchronous endpoints, and endpoint.async is not there",
        ]);
    });

    it("scales one variant by the backlog, which is that of the endpoint", () => {
        expect(problems({ async: {}, scaling: toZero, variants: [{ name: "a" }, { name: "b" }] })).to.deep.equal([
            "endpoint.scaling: the backlog is one of the whole endpoint, so each of its 2 variants would be scaled by all of it; " +
                "give one variant",
        ]);
    });
});

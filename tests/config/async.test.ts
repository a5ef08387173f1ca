import { expect } from "chai";
import { endpointOf, endpointProblems } from "../support/endpoint-config.ts";

const topic = "arn:aws:sns:eu-west-1:123456789012:results";

describe("endpoint.async", () => {
    it("takes all it may say, and nothing", () => {
        const async = {
            input: "s3://lake/requests/",
            output: "s3://lake/results/",
            failure: "s3://lake/failures/",
            successTopic: topic,
            errorTopic: "create",
            maxConcurrentInvocationsPerInstance: 8,
            kmsKey: "arn:aws:kms:eu-west-1:123456789012:key/1a2b",
        };
        expect(endpointOf({ async })).to.deep.equal({ async });
        expect(endpointOf({ async: {} })).to.deep.equal({ async: {} });
    });

    it("refuses what it does not understand, at once", () => {
        const async = {
            input: "s3://lake/requests",
            output: "lake/results/",
            successTopic: "results",
            errorTopic: "make",
            maxConcurrentInvocationsPerInstance: 0,
            kmsKey: "alias/results",
            outputs: "s3://lake/results/",
        };
        expect(endpointProblems({ async }).map((problem) => problem.split(":")[0])).to.have.members([
            "async.input",
            "async.output",
            "async.successTopic",
            "async.errorTopic",
            "async.maxConcurrentInvocationsPerInstance",
            "async.kmsKey",
            "async.outputs",
        ]);
        expect(endpointProblems({ async: { errorTopic: "make" } })).to.deep.equal([
            'async.errorTopic: found "make"; accepted: create; or a topic\'s ARN, arn:aws:sns:…',
        ]);
    });
});

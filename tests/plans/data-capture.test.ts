import { expect } from "chai";
import { dataCaptureProblems, planDataCapture } from "../../plans/data-capture.ts";
import { captureStatements } from "../../plans/iam/data-capture.ts";

const step = { name: "own", image: { mirror: "image" } };

describe("planDataCapture", () => {
    it("records a fifth of requests and answers, CSV and JSON as text", () => {
        expect(planDataCapture({}, "s3://bucket/capture")).to.deep.equal({
            enableCapture: true,
            initialSamplingPercentage: 20,
            destinationS3Uri: "s3://bucket/capture",
            captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
            captureContentTypeHeader: { csvContentTypes: ["text/csv"], jsonContentTypes: ["application/json"] },
        });
    });

    it("records what it is told, encrypted with a key", () => {
        const settings = { samplingPercent: 100, record: ["response"], csv: ["text/plain"], json: ["a/b"] } as const;
        expect(planDataCapture(settings, "s3://bucket/capture", "arn:key")).to.deep.include({
            initialSamplingPercentage: 100,
            captureOptions: [{ captureMode: "Output" }],
            captureContentTypeHeader: { csvContentTypes: ["text/plain"], jsonContentTypes: ["a/b"] },
            kmsKeyId: "arn:key",
        });
    });
});

describe("captureStatements", () => {
    it("let the role write objects below the prefix, and nothing more", () => {
        expect(captureStatements({ objects: "arn:bucket/capture/*" })).to.deep.equal([
            { Sid: "DataCapture", Effect: "Allow", Action: "s3:PutObject", Resource: "arn:bucket/capture/*" },
        ]);
    });

    it("let it use the key that encrypts them", () => {
        expect(captureStatements({ objects: "arn:bucket/capture/*", key: "arn:key" })[1]).to.deep.include({
            Action: ["kms:GenerateDataKey", "kms:Decrypt"],
            Resource: "arn:key",
        });
    });
});

describe("dataCaptureProblems", () => {
    it("has nothing against the defaults, nor against many models without batch transform", () => {
        expect(dataCaptureProblems({}, "real-time", [step], { contentType: "text/csv" })).to.deep.equal([]);
        expect(dataCaptureProblems({}, "real-time", [{ ...step, multiModel: {} }], undefined)).to.deep.equal([]);
    });

    it("refuses endpoints that SageMaker does not capture of", () => {
        for (const kind of ["serverless", "asynchronous"] as const)
            expect(dataCaptureProblems({}, kind, [step], undefined)).to.deep.equal([
                `endpoint.dataCapture: SageMaker captures of real-time endpoints alone, and this one is ${kind}`,
            ]);
    });

    it("refuses many models with batch transform, rules for another's bucket, and a type of two kinds, together", () => {
        const settings = { destination: "s3://lake/capture/", keepDays: 7, csv: ["application/json"] };
        const transform = { contentType: "text/csv" };
        expect(dataCaptureProblems(settings, "real-time", [{ ...step, multiModel: {} }], transform)).to.deep.equal([
            "endpoint.dataCapture.keepDays: how long files are kept in a bucket of yours is its own rules' matter; leave it out",
            "endpoint.dataCapture: application/json is in csv and in json; leave it out of one",
            'endpoint.dataCapture: step "own" is multi-model, which batch transform has no capture for; leave out transform',
        ]);
    });
});

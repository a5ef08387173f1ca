import { expect } from "chai";
import fc from "fast-check";
import { parseSettings } from "../../config/schema.ts";
import { PlanError } from "../../plans/plan-error.ts";

const step = { name: "digits", image: { build: { folder: "containers/digits" } } };
const digest = `sha256:${"0".repeat(64)}`;

const TARGET_MODEL =
    "a key such as europe/lisbon.tar.gz: up to 1024 printable ASCII characters, no / in front and no ..";

/** A stack's config with these keys, structured values as JSON, as Pulumi hands them to a program. */
function config(keys: Readonly<Record<string, unknown>>): Record<string, string> {
    const own: Record<string, unknown> = { pattern: "inference-container", steps: [step], ...keys };
    const entries = Object.entries(own).filter(([, value]) => value !== undefined);
    const texts = entries.map(([key, value]) => [
        `serial-inference:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return { "aws:region": "eu-west-1", ...(Object.fromEntries(texts) as Record<string, string>) };
}

function problems(keys: Readonly<Record<string, unknown>>): readonly string[] {
    try {
        parseSettings(config(keys), "Pulumi.test.yaml");
    } catch (error) {
        if (error instanceof PlanError)
            return error.problems.map((problem) => problem.replace(/^serial-inference:/, ""));
        throw error;
    }
    return [];
}

describe("parseSettings", () => {
    it("gives typed settings and leaves other namespaces alone", () => {
        const sample = { body: "examples/digits.png", contentType: "image/png" };
        expect(parseSettings(config({ endpoint: { instanceCount: 2 }, sample }), "Pulumi.test.yaml")).to.deep.equal({
            pattern: "inference-container",
            steps: [step],
            endpoint: { instanceCount: 2 },
            sample,
        });
    });

    it("gives what a stack with many models says", () => {
        const keys = {
            pattern: "multi-model-pipeline",
            steps: [
                step,
                { ...step, name: "predict", multiModel: { cache: "disabled" }, artifact: { models: "models/houses" } },
            ],
            endpoint: {
                callers: [{ name: "all" }, { name: "lisbon", targetModels: ["europe/lisbon*", "us/?.tar.gz"] }],
            },
            sample: { body: "a.csv", contentType: "text/csv", targetModel: "europe/lisbon.tar.gz" },
        };
        expect(parseSettings(config(keys), "Pulumi.test.yaml")).to.deep.equal(keys);
    });

    for (const image of [
        { build: { folder: "containers/digits", args: { VERSION: "1" } } },
        { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1", digest } },
        { uri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/fraud@${digest}` },
        { uri: "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/fraud:7" },
        { mirror: "nvcr.io/nvidia/tritonserver:25.09-py3" },
        { modelPackage: "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/3" },
    ]) {
        it(`accepts an image by ${Object.keys(image).join()}: ${JSON.stringify(Object.values(image)[0])}`, () => {
            expect(problems({ steps: [{ ...step, image }] })).to.deep.equal([]);
        });
    }

    const refusals: [string, Readonly<Record<string, unknown>>, string[]][] = [
        [
            "no pattern",
            { pattern: undefined },
            [
                "pattern: missing; accepted: inference-container, inference-pipeline, model-ensemble, multi-model-pipeline, triton-ensemble",
            ],
        ],
        [
            "a mistyped pattern",
            { pattern: "inference-contaner" },
            [
                'pattern: found "inference-contaner", did you mean "inference-container"?; accepted: inference-container, inference-pipeline, model-ensemble, multi-model-pipeline, triton-ensemble',
            ],
        ],
        [
            "a pattern like no other",
            { pattern: "xyz" },
            [
                'pattern: found "xyz"; accepted: inference-container, inference-pipeline, model-ensemble, multi-model-pipeline, triton-ensemble',
            ],
        ],
        [
            "a mistyped key",
            { endpont: {} },
            [
                'endpont: unknown key, did you mean "endpoint"?; accepted: pattern, steps, endpoint, transform, registry, modelPackage, sample, network, dashboard, alarms, logs, accessLogBucket, key, tags, allowedAccounts, allowedRegions, protect, budget',
            ],
        ],
        ["steps that are no list", { steps: "digits" }, ['steps: found "digits"; accepted: a list of exactly 1 step']],
        ["no step", { steps: [] }, ["steps: found a list of 0; accepted: a list of exactly 1 step"]],
        ["a second step", { steps: [step, step] }, ["steps: found a list of 2; accepted: a list of exactly 1 step"]],
        [
            "a name that is no hostname",
            { steps: [{ ...step, name: "my_digits" }] },
            ['steps[0].name: found "my_digits"; accepted: up to 63 letters, digits and inner hyphens'],
        ],
        [
            "an image of an unknown kind",
            { steps: [{ ...step, image: { bild: "x" } }] },
            [
                'steps[0].image: found a mapping with "bild", did you mean "build"?; accepted: a mapping with exactly one of ' +
                    "build, prebuilt, uri, mirror, modelPackage",
            ],
        ],
        [
            "an image of two kinds",
            { steps: [{ ...step, image: { build: { folder: "a" }, mirror: "b" } }] },
            [
                'steps[0].image: found a mapping with "build", "mirror"; accepted: a mapping with exactly one of ' +
                    "build, prebuilt, uri, mirror, modelPackage",
            ],
        ],
        [
            "an image outside ECR as uri",
            { steps: [{ ...step, image: { uri: "docker.io/library/nginx" } }] },
            [
                'steps[0].image.uri: found "docker.io/library/nginx"; accepted: an ECR image, such as ' +
                    "123456789012.dkr.ecr.us-east-1.amazonaws.com/name@sha256:…; use mirror for other registries",
            ],
        ],
        [
            "an environment value that is a number",
            { steps: [{ ...step, environment: { WORKERS: 2 } }] },
            ["steps[0].environment.WORKERS: found 2; accepted: text; put numbers and true or false in quotes"],
        ],
        [
            "an artifact of two kinds",
            { steps: [{ ...step, multiModel: {}, artifact: { path: "models/a", models: "models" } }] },
            [
                'steps[0].artifact: found a mapping with "path", "models"; accepted: a mapping with exactly one of path, models, uri',
            ],
        ],
        [
            "a compression of many models",
            { steps: [{ ...step, multiModel: {}, artifact: { models: "models", compression: "none" } }] },
            ["steps[0].artifact.compression: unknown key; accepted: models"],
        ],
        [
            "a sample's target model that leads up",
            { sample: { body: "a", contentType: "text/csv", targetModel: "../lisbon.tar.gz" } },
            [`sample.targetModel: found "../lisbon.tar.gz"; accepted: ${TARGET_MODEL}`],
        ],
        [
            "a sample's target model that is too long",
            { sample: { body: "a", contentType: "text/csv", targetModel: "a".repeat(1025) } },
            [`sample.targetModel: found "${"a".repeat(79)}…; accepted: ${TARGET_MODEL}`],
        ],
        [
            "a caller of no models, and one of a model from the root",
            {
                endpoint: {
                    callers: [
                        { name: "nobody", targetModels: [] },
                        { name: "lisbon", targetModels: ["/lisbon*"] },
                    ],
                },
            },
            [
                "endpoint.callers[0].targetModels: found a list of 0; accepted: a list of 1 to 100 keys of models, in which * stands for any text",
                `endpoint.callers[1].targetModels[0]: found "/lisbon*"; accepted: ${TARGET_MODEL}`,
            ],
        ],
        [
            "a count that is text",
            { endpoint: { instanceCount: "2" } },
            ['endpoint.instanceCount: found "2"; accepted: a whole number of instances from 1 to 1000'],
        ],
        [
            "a time-out beyond SageMaker's",
            { endpoint: { startupTimeoutSeconds: 7200 } },
            ["endpoint.startupTimeoutSeconds: found 7200; accepted: a whole number of seconds from 60 to 3600"],
        ],
        [
            "no variant",
            { endpoint: { variants: [] } },
            ["endpoint.variants: found a list of 0; accepted: a list of 1 to 10 variants"],
        ],
        [
            "an endpoint that is neither described nor none",
            { endpoint: "off" },
            [
                'endpoint: found "off"; accepted: name, instanceType, instanceCount, scaling, volumeGiB, inferenceAmiVersion, startupTimeoutSeconds, ' +
                    "downloadTimeoutSeconds, variants, async, serverless, shadow, deployment, callers, dataCapture; or none",
            ],
        ],
        [
            "a mistyped key of the endpoint",
            { endpoint: { instanceCont: 2 } },
            [
                'endpoint.instanceCont: unknown key, did you mean "instanceCount"?; accepted: name, instanceType, instanceCount, ' +
                    "scaling, volumeGiB, inferenceAmiVersion, startupTimeoutSeconds, downloadTimeoutSeconds, variants, async, serverless, shadow, deployment, callers, dataCapture",
            ],
        ],
        [
            "a batch transform of nothing known, with more retries than SageMaker makes, below no prefix",
            { transform: { responseRetries: 4, input: "s3://bucket" } },
            [
                "transform.contentType: missing; accepted: a media type, such as application/jsonlines",
                "transform.responseRetries: found 4; accepted: a whole number of retries from 0 to 3",
                'transform.input: found "s3://bucket"; accepted: s3://bucket/prefix/, ending in /',
            ],
        ],
        [
            "an instance type for notebooks",
            { endpoint: { instanceType: "t3.medium" } },
            ['endpoint.instanceType: found "t3.medium"; accepted: an instance type for hosting, such as ml.m5.large'],
        ],
        [
            "alarms that tell nobody, at levels that are none, and page on what is no alarm",
            {
                alarms: {
                    notify: { subscribers: ["ml"] },
                    page: { topic: "arn:aws:sns:eu-west-1:123456789012:on-call.fifo" },
                    pageOn: ["latencies"],
                    cpuPercent: 101,
                    noTrafficMinutes: "never",
                },
            },
            [
                'alarms.notify.subscribers[0]: found "ml"; accepted: an e-mail address, or an address that begins with https://',
                'alarms.page.topic: found "arn:aws:sns:eu-west-1:123456789012:on-call.fifo"; accepted: the ARN of an SNS topic that is not FIFO',
                'alarms.pageOn[0]: found "latencies", did you mean "latency"?; accepted: server-errors, latency, overhead, cpu, memory, ' +
                    "disk, gpu, gpu-memory, no-traffic, cache-hits, backlog, backlog-age",
                "alarms.cpuPercent: found 101; accepted: a whole number of percent from 1 to 100",
                'alarms.noTrafficMinutes: found "never"; accepted: a whole number of minutes from 1 to 1440; or none',
            ],
        ],
        [
            "a dashboard that is neither described nor switched",
            { dashboard: "yes" },
            ['dashboard: found "yes"; accepted: notes; or true, false'],
        ],
        [
            "data capture of nothing, into no prefix, of more than all requests",
            { endpoint: { dataCapture: { samplingPercent: 101, record: [], destination: "s3://lake", csv: ["csv"] } } },
            [
                "endpoint.dataCapture.samplingPercent: found 101; accepted: a whole number of percent from 1 to 100",
                "endpoint.dataCapture.record: found a list of 0; accepted: a list of 1 to 2 of request, response",
                'endpoint.dataCapture.csv[0]: found "csv"; accepted: a media type, such as text/csv',
                'endpoint.dataCapture.destination: found "s3://lake"; accepted: s3://bucket/prefix/, ending in /',
            ],
        ],
        [
            "a retention that CloudWatch does not know",
            { logs: { retentionDays: 31 } },
            [
                "logs.retentionDays: found 31; accepted: days that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, " +
                    "400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
            ],
        ],
        [
            "a key by its alias",
            { key: "arn:aws:kms:eu-west-1:123456789012:alias/ml" },
            [
                'key: found "arn:aws:kms:eu-west-1:123456789012:alias/ml"; accepted: the ARN of a KMS key, such as ' +
                    "arn:aws:kms:us-east-1:123456789012:key/…, no alias; or a mapping of make",
            ],
        ],
    ];
    for (const [what, keys, expected] of refusals) {
        it(`refuses ${what}`, () => {
            expect(problems(keys)).to.deep.equal(expected);
        });
    }

    it("takes what is switched on or off, and what is described", () => {
        for (const keys of [
            { dashboard: true, alarms: true },
            { dashboard: false, alarms: false },
            { dashboard: { notes: "# Runbook" }, alarms: { notify: { subscribers: ["a@b.org"] }, cpuPercent: "none" } },
        ])
            expect(parseSettings(config(keys), "Pulumi.test.yaml")).to.deep.include(keys);
    });

    it("accepts a model that is used by batch transform alone", () => {
        expect(problems({ endpoint: "none", transform: { contentType: "text/csv", split: "line" } })).to.deep.equal([]);
    });

    const two = [step, { ...step, name: "next" }];
    for (const pattern of ["inference-pipeline", "model-ensemble"]) {
        it(`accepts 2 to 15 steps for ${pattern}, and refuses 1 and 16`, () => {
            const steps = (count: number) =>
                Array.from({ length: count }, (_, index) => ({ ...step, name: `s${index}` }));
            expect([2, 15].flatMap((count) => problems({ pattern, steps: steps(count) }))).to.deep.equal([]);
            expect([1, 16].flatMap((count) => problems({ pattern, steps: steps(count) }))).to.deep.equal([
                "steps: found a list of 1; accepted: a list of 2 to 15 steps",
                "steps: found a list of 16; accepted: a list of 2 to 15 steps",
            ]);
        });
    }

    it("knows a mode for pipelines alone", () => {
        expect(problems({ pattern: "inference-pipeline", steps: two, mode: "direct" })).to.deep.equal([]);
        expect(problems({ pattern: "inference-pipeline", steps: two, mode: "parallel" })).to.deep.equal([
            'mode: found "parallel"; accepted: serial, direct',
        ]);
        expect(problems({ pattern: "model-ensemble", steps: two, mode: "direct" })).to.deep.equal([
            "mode: unknown key; accepted: pattern, steps, endpoint, transform, registry, modelPackage, sample, network, dashboard, alarms, logs, accessLogBucket, key, tags, allowedAccounts, allowedRegions, protect, budget",
        ]);
    });

    it("reports every problem at once, each by its key", () => {
        const found = problems({
            steps: [{ name: "a_b", image: { build: { foldr: "x" } }, artifact: { path: "" }, server: "mms" }],
            endpoint: { instanceCount: 0, variants: [{ name: "main", weight: -1 }] },
            stps: [],
        });
        expect(found.map((problem) => problem.split(":")[0])).to.have.members([
            "steps[0].name",
            "steps[0].image.build.folder",
            "steps[0].image.build.foldr",
            "steps[0].artifact.path",
            "steps[0].server",
            "endpoint.instanceCount",
            "endpoint.variants[0].weight",
            "stps",
        ]);
    });

    it("never fails with anything but a PlanError, whatever the keys hold", () => {
        const value = fc.oneof(fc.string(), fc.jsonValue());
        fc.assert(
            fc.property(
                fc.dictionary(fc.constantFrom("pattern", "steps", "endpoint", "transform", "sample", "other"), value),
                (keys) => {
                    expect(() => problems({ ...keys })).not.to.throw();
                },
            ),
        );
    });
});

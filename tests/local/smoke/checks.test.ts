import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { answersLater } from "../../../local/smoke/answers-later.ts";
import { type Check, controlChecks, noRequestChecks, requestChecks } from "../../../local/smoke/checks.ts";
import type { Sample } from "../../../plans/settings.ts";
import { controlPlane, type Described } from "../../support/control-plane.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { answering, endpoint, type Respond, Stage, variant } from "../gateway/support/stage.ts";

const client = { region: "us-east-1", credentials: { accessKeyId: "any", secretAccessKey: "any" }, maxAttempts: 1 };

/** `check result` of each. */
const results = (checks: readonly Check[]) => checks.map(({ check, result }) => `${check} ${result}`);

describe("the smoke test's checks of the endpoint", () => {
    const check = async (described: Readonly<Record<string, Described>>) => {
        const plane = await controlPlane(() => described);
        try {
            return await controlChecks(new SageMakerClient({ ...client, endpoint: plane.url }), "digits", "new");
        } finally {
            plane.stop();
        }
    };

    it("pass where it is in service on the configuration that was asked for", async () => {
        const checks = await check({ digits: { EndpointStatus: "InService", EndpointConfigName: "new" } });
        expect(results(checks)).to.deep.equal(["status ok", "configuration ok"]);
    });

    it("find a rollback, which ends in service on the old configuration", async () => {
        const checks = await check({ digits: { EndpointStatus: "InService", EndpointConfigName: "old" } });
        expect(results(checks)).to.deep.equal(["status ok", "configuration failed"]);
        expect(checks[1]?.detail).to.equal('on "old", not on "new": the update was rolled back, or is not over');
    });

    it("fail where it is updating or has failed, with SageMaker's reason", async () => {
        const updating = await check({ digits: { EndpointStatus: "Updating", EndpointConfigName: "old" } });
        expect(updating[0]).to.deep.equal({ check: "status", result: "failed", detail: "Updating, not InService" });
        const broken = { EndpointStatus: "Failed", EndpointConfigName: "new", FailureReason: "no capacity" };
        expect((await check({ digits: broken }))[0]?.detail).to.equal("Failed: no capacity");
    });

    it("fail where there is no such endpoint", async () => {
        const checks = await check({});
        expect(results(checks)).to.deep.equal(["status failed", "configuration skipped"]);
        expect(checks[0]?.detail).to.contain('Could not find endpoint "digits"');
    });
});

describe("the smoke test of an endpoint that answers later", () => {
    const settings = { pattern: "inference-container", steps: [{ name: "a", image: { uri: "x" } }] } as const;

    it("sends nothing, and says where the answers are", () => {
        const checks = noRequestChecks(answersLater({ ...settings, endpoint: { async: {} } }) ?? "");
        expect(results(checks)).to.deep.equal(["answer skipped", "latency skipped"]);
        expect(checks[0]?.detail).to.equal("asynchronous: answers come in S3, below the output async.output");
    });

    it("is one of requests for all other endpoints", () => {
        for (const endpoint of [undefined, {}, "none"] as const)
            expect(answersLater({ ...settings, ...(endpoint !== undefined && { endpoint }) })).to.equal(undefined);
    });
});

describe("the smoke test's requests", () => {
    const stage = new Stage();
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({ "request.json": "{}", "expected.json": '{"predictions": [{"label": 7}]}' });
    });
    afterEach(async () => {
        folder.remove();
        await stage.stop();
    });

    const send = async (respond: Respond, sample: Partial<Sample> = {}, requests = 3) => {
        const container = await stage.container("digits", respond);
        const runtime = new SageMakerRuntimeClient({ ...client, endpoint: await stage.serial([container]) });
        const whole: Sample = {
            body: "request.json",
            contentType: "application/json",
            expect: "expected.json",
            ...sample,
        };
        const checks = await requestChecks(runtime, "demo", whole, { requests, seconds: 10 });
        return { checks, received: container.received };
    };
    const seven = answering('{"predictions": [{"label": 7, "probabilities": [0.1, 0.9]}]}');

    it("pass where the answer has what is expected of it", async () => {
        const { checks, received } = await send(seven);
        expect(results(checks)).to.deep.equal(["answer ok", "latency ok"]);
        expect(checks[1]?.detail).to.match(/^p50 [\d.]+ ms, p90 [\d.]+ ms of 3 requests$/);
        expect(received).to.have.length(4);
        expect(received[0]?.headers).to.include({ "content-type": "application/json", accept: "application/json" });
    });

    it("fail where it has something else, and say where", async () => {
        const { checks } = await send(answering('{"predictions": [{"label": 1}, {}]}'));
        expect(checks[0]).to.include({ result: "failed", detail: "predictions: expected 1 items, got 2" });
        const another = await send(answering('{"predictions": [{"lable": 7}]}'));
        expect(another.checks[0]?.detail).to.equal("predictions[0].label: expected 7, got nothing");
    });

    it("name the container that is to answer", async () => {
        const containers = await Promise.all([
            stage.container("digits", seven),
            stage.container("letters", answering('{"predictions": [{"label": "g"}]}')),
        ]);
        const runtime = new SageMakerRuntimeClient({
            ...client,
            endpoint: await stage.gateway([endpoint([variant(containers, { mode: "Direct" })])]),
        });
        const sample = { body: "request.json", contentType: "application/json", expect: "expected.json" };
        const load = { requests: 1, seconds: 10 };
        const digits = await requestChecks(runtime, "demo", { ...sample, targetContainer: "digits" }, load);
        expect(results(digits)).to.deep.equal(["answer ok", "latency ok"]);
        const letters = await requestChecks(runtime, "demo", { ...sample, targetContainer: "letters" }, load);
        expect(letters[0]?.detail).to.equal('predictions[0].label: expected 7, got "g"');
    });

    it("take any answer where nothing is expected", async () => {
        const whole = { body: "request.json", contentType: "application/json" };
        const runtime = new SageMakerRuntimeClient({
            ...client,
            endpoint: await stage.serial([await stage.container("digits", answering("anything"))]),
        });
        const checks = await requestChecks(runtime, "demo", whole, { requests: 1, seconds: 10 });
        expect(results(checks)).to.deep.equal(["answer ok", "latency ok"]);
    });

    it("fail where a container does, with its words", async () => {
        const { checks } = await send((_request, response) => {
            response.writeHead(500);
            response.end("out of paper");
        });
        expect(results(checks)).to.deep.equal(["answer failed", "latency skipped"]);
        expect(checks[0]?.detail).to.contain("ModelError").and.to.contain("out of paper");
    });

    it("fail where a later request does", async () => {
        let count = 0;
        const { checks } = await send((request, response) => {
            count++;
            if (count < 3) {
                seven(request, response);
                return;
            }
            response.writeHead(500);
            response.end();
        });
        expect(results(checks)).to.deep.equal(["answer ok", "latency failed"]);
        expect(checks[1]?.detail).to.match(/^request 2: ModelError/);
    });

    it("fail where nine of ten answers take longer than they may", async () => {
        const slow: Respond = (request, response) => {
            setTimeout(() => {
                seven(request, response);
            }, 20);
        };
        const { checks } = await send(slow, { maxLatencyMs: 1 });
        expect(results(checks)).to.deep.equal(["answer ok", "latency failed"]);
        expect(checks[1]?.detail).to.match(/; p90 at most 1 ms$/);
    });
});

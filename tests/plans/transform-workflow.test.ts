import validate from "asl-validator";
import { expect } from "chai";
import jsonata from "jsonata";
import { createHash } from "node:crypto";
import { LIMITS, NAME_PATTERN } from "../../plans/limits.ts";
import type { TransformSettings } from "../../plans/transform.ts";
import { jobPrefix, transformWorkflow } from "../../plans/transform-workflow.ts";

const workflow = (settings: Partial<TransformSettings> = {}) =>
    transformWorkflow({
        settings: { contentType: "text/csv", split: "line", ...settings },
        jobPrefix: jobPrefix("serial-inference-prod"),
        modelName: "model",
        input: "s3://data/input/",
        output: "s3://data/output/",
        failureTopic: "arn:aws:sns:us-east-1:123456789012:topic",
        integration: (action) => `arn:aws:states:::${action}`,
    });

/** Evaluates every `{% … %}` in a value as Step Functions does. */
async function evaluate(value: unknown, states: object, variables: object): Promise<unknown> {
    if (typeof value === "string" && value.startsWith("{%")) {
        const expression = jsonata(value.slice(2, -2));
        expression.registerFunction("hash", (text: string, algorithm: string) =>
            createHash(algorithm).update(text).digest("hex"),
        );
        return expression.evaluate({}, { states, ...variables });
    }
    if (Array.isArray(value)) return Promise.all(value.map((item) => evaluate(item, states, variables)));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(async ([key, item]) => [key, await evaluate(item, states, variables)]);
    return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
}

const execution = "arn:aws:states:us-east-1:123456789012:execution:transform:6d1c_e1";

/** The arguments of the job that an execution with this input starts. */
async function started(input: object, settings: Partial<TransformSettings> = {}, attempt = 0) {
    const { Defaults, Transform } = workflow(settings).States;
    const states = { input, context: { Execution: { Id: execution }, State: { RetryCount: attempt } } };
    const evaluated = (await evaluate(Transform.Arguments, states, Defaults.Assign)) as typeof Transform.Arguments;
    const { S3DataType: type, S3Uri: uri } = evaluated.TransformInput.DataSource.S3DataSource;
    return { name: evaluated.TransformJobName, type, uri, output: evaluated.TransformOutput.S3OutputPath };
}

describe("transformWorkflow", () => {
    it("is valid in the Amazon States Language", () => {
        const { isValid, errorsText } = validate(
            JSON.parse(JSON.stringify(workflow())) as Parameters<typeof validate>[0],
        );
        expect(isValid, errorsText("\n")).to.equal(true);
    });

    it("transforms what the settings say where an execution says nothing", async () => {
        expect(await started({})).to.deep.include({
            type: "S3Prefix",
            uri: "s3://data/input/",
            output: "s3://data/output/",
        });
    });

    it("transforms what an execution names: a prefix or a manifest, to a place of its own", async () => {
        expect(await started({ input: "s3://data/input/monday/", output: "s3://data/output/monday/" })).to.deep.include(
            {
                type: "S3Prefix",
                uri: "s3://data/input/monday/",
                output: "s3://data/output/monday/",
            },
        );
        expect(await started({ manifest: "s3://data/input/files.manifest" })).to.deep.include({
            type: "ManifestFile",
            uri: "s3://data/input/files.manifest",
        });
    });

    it("transforms the object that landed, or the files of the manifest that landed", async () => {
        const event = { detail: { bucket: { name: "data" }, object: { key: 'input/a "b" c.csv' } } };
        const uri = 's3://data/input/a "b" c.csv';
        expect(await started(event, { startOn: "object" })).to.deep.include({ type: "S3Prefix", uri });
        expect(await started(event, { startOn: "manifest" })).to.deep.include({ type: "ManifestFile", uri });
    });

    it("names a job by the execution and the attempt, in a form that SageMaker takes", async () => {
        const [first, again, second] = [await started({}), await started({}), await started({}, {}, 1)];
        expect(first.name).to.equal(again.name).and.to.match(NAME_PATTERN);
        expect(second.name).not.to.equal(first.name);
        expect(second.name.startsWith(`${jobPrefix("serial-inference-prod")}-`)).to.equal(true);
    });

    it("keeps job names short enough, however long the stack's name and the attempts", () => {
        for (const name of ["a", "Serial_Inference.prod", "x".repeat(100), `${"y".repeat(26)}-z`]) {
            const longest = `${jobPrefix(name)}-${"0".repeat(32)}-12`;
            expect(longest.length).to.be.at.most(LIMITS.transformJobNameLength);
            expect(longest).to.match(NAME_PATTERN);
        }
    });

    it("starts a failed job again as often as wanted, one that timed out never, and then says so and fails", () => {
        const { Transform, NotifyFailure, Failed } = workflow({ jobRetries: 3, jobTimeoutMinutes: 90 }).States;
        const attempts = Transform.Retry.map(({ ErrorEquals, MaxAttempts }) => [ErrorEquals[0], MaxAttempts]);
        expect(attempts).to.deep.equal([
            ["SageMaker.ResourceLimitExceededException", 12],
            ["States.Timeout", 0],
            ["States.ALL", 3],
        ]);
        expect(Transform.TimeoutSeconds).to.equal(5400);
        expect([Transform.Catch[0]?.Next, NotifyFailure.Next, NotifyFailure.Catch[0]?.Next, Failed.Type]).to.deep.equal(
            ["NotifyFailure", "Failed", "Failed", "Fail"],
        );
    });

    it("tells what failed and why", async () => {
        const { Arguments } = workflow().States.NotifyFailure;
        const states = {
            input: { Error: "States.TaskFailed", Cause: "ClientError" },
            context: { Execution: { Id: execution } },
        };
        const { Message } = (await evaluate(Arguments, states, {})) as typeof Arguments;
        expect(Message).to.equal(`Execution: ${execution}\nError: States.TaskFailed\nCause: ClientError`);
    });
});

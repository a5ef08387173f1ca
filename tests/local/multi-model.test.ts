import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { type LocalHost, startLocalHost } from "../../tools/local-host.ts";
import { CREDENTIALS, python } from "./gateway/support/python.ts";

const BOTO3_CALLS = fileURLToPath(new URL("gateway/clients/boto3_calls.py", import.meta.url));
const EndpointName = "serial-inference-multi-model";
const EXAMPLE = "examples/houses.json";

interface Answer {
    readonly predictions: readonly { readonly city: string; readonly price: number; readonly currency: string }[];
}

describe("stack multi-model", function () {
    this.timeout(300_000); // the first run installs packages and trains the sample models

    let serving: LocalHost;
    let client: SageMakerRuntimeClient;
    before(async () => {
        serving = await startLocalHost("--stack", "multi-model", "--volume", "100K");
        client = new SageMakerRuntimeClient({
            endpoint: new URL(serving.url).origin,
            region: "us-east-1",
            credentials: { accessKeyId: "any", secretAccessKey: "any" },
        });
    });
    after(async () => {
        client.destroy();
        serving.child.kill("SIGTERM");
        await serving.ended;
    });

    const body = () => readFileSync(EXAMPLE, "utf8");
    const call = (TargetModel?: string, Body = body()) => ({
        EndpointName,
        ContentType: "application/json",
        Accept: "application/json",
        Body,
        ...(TargetModel !== undefined && { TargetModel }),
    });
    const invoke = async (...what: Parameters<typeof call>) => {
        const answer = await client.send(new InvokeEndpointCommand(call(...what)));
        return JSON.parse(Buffer.from(answer.Body).toString()) as Answer;
    };

    it("answers for each city by its own model, for the JavaScript SDK", async () => {
        const prefix = "models/houses/predict/artifact";
        const targets = readdirSync(prefix).flatMap((region) =>
            readdirSync(join(prefix, region)).map((city) => `${region}/${city}.tar.gz`),
        );
        const cities = await Promise.all(targets.map(async (target) => (await invoke(target)).predictions[0]?.city));
        const named = (city = "") =>
            city
                .toLowerCase()
                .normalize("NFD")
                .replaceAll(/[^a-z]+/g, "");
        expect(cities.map(named)).to.deep.equal(
            targets.map((target) => named(target.slice(target.indexOf("/") + 1, -".tar.gz".length))),
        );
    });

    it("answers boto3, and refuses it as SageMaker would", async () => {
        const targets = ["europe/lisbon.tar.gz", undefined, "europe/atlantis.tar.gz", "../lisbon.tar.gz"];
        const calls = targets.map((target) => ({ operation: "invoke_endpoint", arguments: call(target) }));
        const origin = new URL(serving.url).origin;
        const { code, stdout, stderr } = await python(origin, [BOTO3_CALLS], JSON.stringify(calls), CREDENTIALS);
        expect(code, stderr).to.equal(0);
        const [answer, ...refusals] = JSON.parse(stdout) as Record<string, unknown>[];
        expect(JSON.parse(String(answer?.["body"]))).to.deep.equal(await invoke("europe/lisbon.tar.gz"));
        for (const refusal of refusals) expect(refusal).to.include({ code: "ValidationError", status: 400 });
        const messages = refusals.map(({ message }) => String(message));
        expect(messages[0]).to.contain("name a model in TargetModel");
        expect(messages[1]).to.match(/Failed to download model data \(s3:\/\/.*\/europe\/atlantis.tar.gz\)/);
        expect(messages[2]).to.contain('segment ".."');
    });

    it("answers the AWS CLI", async () => {
        const folder = mkdtempSync(join(tmpdir(), "multi-model-"));
        try {
            const names = ["--endpoint-name", EndpointName, "--target-model", "europe/lisbon.tar.gz"];
            const request = [
                "--body",
                `fileb://${EXAMPLE}`,
                "--content-type",
                "application/json",
                join(folder, "answer"),
            ];
            const args = ["-m", "awscli", "sagemaker-runtime", "invoke-endpoint", ...names, ...request];
            const { code, stderr } = await python(new URL(serving.url).origin, args, "", CREDENTIALS);
            expect(code, stderr).to.equal(0);
            const answer = JSON.parse(readFileSync(join(folder, "answer"), "utf8")) as Answer;
            expect(answer).to.deep.equal(await invoke("europe/lisbon.tar.gz"));
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("names the step and the rows of a request that the model cannot answer", async () => {
        const error = await invoke("europe/lisbon.tar.gz", '{"instances": [{}]}').catch((thrown: unknown) => thrown);
        expect(error).to.include({ name: "ModelError", OriginalStatusCode: 400 });
        expect((error as Error).message).to.contain("from preprocess");
    });

    it("prints the metrics of its models at the end", async () => {
        serving.child.kill("SIGTERM");
        expect(await serving.ended).to.equal(0);
        for (const metric of ["ModelCacheHit", "ModelLoadingTime", "LoadedModelCount", "DiskUtilization"])
            expect(serving.output()).to.match(new RegExp(`^${metric} +main .*\\d$`, "m"));
    });
});

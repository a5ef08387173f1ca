import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Deployment } from "../tools/deployment.ts";
import { median } from "./statistics.ts";

const ROUNDS = 5;

/** What is trained is not looked at: a file in its place. */
const FILES = {
    dev: { "models/digits/artifact/model.joblib": "weights" },
    prod: Object.fromEntries(
        ["preprocess", "predict", "postprocess"].map((step) => [`models/tabular/${step}/artifact/model`, "weights"]),
    ),
} as const;

/** A SageMaker that has no endpoint yet, which a preview of a scaled one asks. */
async function emptySageMaker(): Promise<{ readonly url: string; close(): void }> {
    const server = createServer((request, response) => {
        request.resume().on("end", () => {
            response.writeHead(400, { "Content-Type": "application/x-amz-json-1.1" });
            response.end(JSON.stringify({ __type: "ValidationException", message: "Could not find endpoint" }));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
            server.close();
            server.closeAllConnections();
        },
    };
}

/** Seconds of previews of new stacks in the Pulumi engine that is on PATH, in turn, by what is previewed. */
export async function previews(): Promise<Readonly<Record<string, number>>> {
    const sageMaker = await emptySageMaker();
    const dev = await Deployment.create("dev", FILES.dev);
    const prod = await Deployment.create("prod", FILES.prod, {
        AWS_ENDPOINT_URL_SAGEMAKER: sageMaker.url,
        AWS_ACCESS_KEY_ID: "none",
        AWS_SECRET_ACCESS_KEY: "none",
        POLICY_ENVIRONMENT: "prod",
    });
    const cases: Readonly<Record<string, () => Promise<unknown>>> = {
        "pulumi preview of stack dev": () => dev.preview(),
        "pulumi preview of stack prod": () => prod.preview(),
        "pulumi preview of stack prod with the policy pack": async () => {
            const { refusal } = await prod.reviewed("preview");
            if (refusal !== undefined) throw new Error(refusal);
        },
    };
    const times = new Map<string, number[]>();
    try {
        for (let round = 0; round < ROUNDS; round++) {
            for (const [name, run] of Object.entries(cases)) {
                const since = performance.now();
                await run();
                times.set(name, [...(times.get(name) ?? []), (performance.now() - since) / 1000]);
            }
        }
    } finally {
        for (const deployment of [dev, prod]) deployment.remove();
        sageMaker.close();
    }
    return Object.fromEntries([...times].map(([name, each]) => [name, median(each)]));
}

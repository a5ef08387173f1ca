import { readFileSync } from "node:fs";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import type { Sample } from "../../plans/settings.ts";
import { answerDifferences } from "./differences.ts";

/** What came of one check. */
export interface Check {
    readonly check: "status" | "configuration" | "answer" | "latency";
    readonly result: "ok" | "failed" | "skipped";
    readonly detail: string;
}

const ok = (check: Check["check"], detail: string): Check => ({ check, result: "ok", detail });
const failed = (check: Check["check"], detail: string): Check => ({ check, result: "failed", detail });
const skipped = (check: Check["check"], detail: string): Check => ({ check, result: "skipped", detail });

const reason = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** Whether the endpoint is in service, and on the configuration that the stack asked for. */
export async function controlChecks(client: SageMakerClient, name: string, wanted: string): Promise<Check[]> {
    try {
        const described = await client.send(new DescribeEndpointCommand({ EndpointName: name }));
        const { EndpointStatus: status = "unknown", EndpointConfigName: live = "none", FailureReason: why } = described;
        return [
            status === "InService"
                ? ok("status", status)
                : failed("status", why === undefined ? `${status}, not InService` : `${status}: ${why}`),
            live === wanted
                ? ok("configuration", live)
                : failed(
                      "configuration",
                      `on "${live}", not on "${wanted}": the update was rolled back, or is not over`,
                  ),
        ];
    } catch (error) {
        return [failed("status", reason(error)), skipped("configuration", "the endpoint could not be described")];
    }
}

/** Those checks where there is no control plane to ask. */
export const noControlChecks = (why: string): Check[] => [skipped("status", why), skipped("configuration", why)];

/** The checks of requests where none is sent. */
export const noRequestChecks = (why: string): Check[] => [skipped("answer", why), skipped("latency", why)];

/** How often, and for how long, the sample request is sent to measure latencies. */
export interface Load {
    readonly requests: number;
    /** No further request is begun after this. */
    readonly seconds: number;
}

/** The value that a share of the sorted values does not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

/** Whether the endpoint gives the expected answer to the sample request, and in time. */
export async function requestChecks(
    client: SageMakerRuntimeClient,
    name: string,
    sample: Sample,
    load: Load,
): Promise<Check[]> {
    const body = readFileSync(sample.body);
    const invoke = async (): Promise<{ readonly text: string; readonly took: number }> => {
        const since = performance.now();
        const { Body } = await client.send(
            new InvokeEndpointCommand({
                EndpointName: name,
                Body: body,
                ContentType: sample.contentType,
                Accept: sample.accept ?? "application/json",
                ...(sample.targetModel !== undefined && { TargetModel: sample.targetModel }),
                ...(sample.targetContainer !== undefined && { TargetContainerHostname: sample.targetContainer }),
            }),
        );
        return { text: Buffer.from(Body).toString(), took: performance.now() - since };
    };
    let text: string;
    try {
        ({ text } = await invoke());
    } catch (error) {
        return [failed("answer", reason(error)), skipped("latency", "the endpoint does not answer")];
    }
    return [answerCheck(text, sample), await latencyCheck(async () => (await invoke()).took, load, sample)];
}

function answerCheck(text: string, { expect }: Sample): Check {
    if (expect === undefined) return ok("answer", `${text.length} characters; sample.expect says nothing of them`);
    const found = answerDifferences(readFileSync(expect, "utf8"), text);
    return found.length === 0 ? ok("answer", `as in ${expect}`) : failed("answer", found.join("; "));
}

async function latencyCheck(
    invoke: () => Promise<number>,
    { requests, seconds }: Load,
    { maxLatencyMs }: Sample,
): Promise<Check> {
    const times: number[] = [];
    const since = performance.now();
    try {
        do times.push(await invoke());
        while (times.length < requests && performance.now() - since < seconds * 1000);
    } catch (error) {
        return failed("latency", `request ${times.length + 1}: ${reason(error)}`);
    }
    const sorted = times.toSorted((a, b) => a - b);
    const p90 = quantile(sorted, 0.9);
    const measured = `p50 ${quantile(sorted, 0.5).toFixed(1)} ms, p90 ${p90.toFixed(1)} ms of ${times.length} requests`;
    if (maxLatencyMs === undefined) return ok("latency", measured);
    const detail = `${measured}; p90 at most ${maxLatencyMs} ms`;
    return p90 <= maxLatencyMs ? ok("latency", detail) : failed("latency", detail);
}

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { captureLog } from "./capture-log.ts";
import type { StackConfig } from "../stack/stack-file.ts";
import { type RecordedResource, recordedResource } from "./recorded-resource.ts";
import { RecordingMonitor } from "./recording-monitor.ts";

/** What the program would deploy. */
export interface RecordedProgram {
    readonly resources: readonly RecordedResource[];
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** An account that AWS keeps for documentation: offline there is none. */
const ACCOUNT = "123456789012";
const REGION = "us-east-1";

/**
 * Runs the project's index.ts, once a process, with the Pulumi engine replaced by one that only records.
 * @throws what the program throws, such as a PlanError with every problem of the stack
 */
export async function recordProgram(root: string, config: StackConfig): Promise<RecordedProgram> {
    const cloud = { account: ACCOUNT, region: config.values["aws:region"] ?? REGION };
    const monitor = new RecordingMonitor(cloud, config.project, config.stack);
    await pulumi.runtime.setMocks(
        { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
        config.project,
        config.stack,
    );
    pulumi.runtime.setMockOptions(monitor, config.project, config.stack); // after setMocks, which turns the features on
    pulumi.runtime.setAllConfig({ ...config.values }, [...config.secrets]);

    const failed = Promise.withResolvers<never>();
    const fail = (reason: unknown) => {
        failed.reject(reason instanceof Error ? reason : new Error(String(reason)));
    };
    process.once("unhandledRejection", fail); // how Pulumi reports an input that could not be computed
    const endCapture = captureLog((line) => process.stderr.write(`${line}\n`));
    try {
        const index = pathToFileURL(join(root, "index.ts")).href;
        const outputs = await Promise.race([evaluate(index), failed.promise]);
        const resources: RecordedResource[] = [];
        for (const registration of monitor.registrations) resources.push(await recordedResource(registration));
        return { resources, outputs };
    } finally {
        process.removeListener("unhandledRejection", fail);
        endCapture();
    }
}

async function evaluate(index: string): Promise<Record<string, unknown>> {
    const outputs: unknown = await pulumi.runtime.runInPulumiStack(async () => {
        const program = (await import(index)) as { readonly default: unknown };
        return program.default;
    });
    await pulumi.runtime.disconnect();
    return { ...(outputs as Record<string, unknown>) };
}

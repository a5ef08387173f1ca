import * as pulumi from "@pulumi/pulumi";
import { captureLog } from "../../local/graph/capture-log.ts";
import { type RecordedResource, recordedResource } from "../../local/graph/recorded-resource.ts";
import { RecordingMonitor } from "../../local/graph/recording-monitor.ts";

/**
 * Runs part of a program on a recording engine and gives what it registered, in order, without the stack itself.
 * @param log where what it logs goes, such as `warning: …`
 * @param place the project's and the stack's name, and the region
 * @throws what the program throws, or what an input's computation throws
 */
export async function record(
    program: () => unknown,
    log: string[] = [],
    { project, stack, region } = { project: "project", stack: "test", region: "eu-west-1" },
): Promise<RecordedResource[]> {
    const monitor = new RecordingMonitor({ account: "123456789012", region }, project, stack);
    await pulumi.runtime.setMocks({ call: () => ({}), newResource: () => ({ id: "", state: {} }) }, project, stack);
    pulumi.runtime.setMockOptions(monitor, project, stack);
    const endCapture = captureLog((line) => log.push(line));
    try {
        await pulumi.runtime.runInPulumiStack(() => Promise.resolve(program()).then(() => ({})));
        await pulumi.runtime.disconnect();
    } finally {
        endCapture();
    }
    const registered = monitor.registrations.filter(({ type }) => type !== "pulumi:pulumi:Stack");
    return Promise.all(registered.map(recordedResource));
}

/** The one registered resource of a type, such as `aws:sagemaker/model:Model`. */
export function only(registered: readonly RecordedResource[], type: string): RecordedResource {
    const [found, ...others] = registered.filter((resource) => resource.type === type);
    if (found !== undefined && others.length === 0) return found;
    const names = registered.map((resource) => `${resource.type} ${resource.name}`).join("\n");
    throw new Error(`not one resource of type ${type} among:\n${names}`);
}

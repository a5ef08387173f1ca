import * as pulumi from "@pulumi/pulumi";
import { plainValue } from "../../local/graph/plain-value.ts";
import { RecordingMonitor } from "../../local/graph/recording-monitor.ts";

export interface Registered {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly parent: string | undefined;
    readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Runs part of a program on a recording engine and gives what it registered, in order.
 * @throws what the program throws, or what an input's computation throws
 */
export async function record(program: () => unknown): Promise<Registered[]> {
    const monitor = new RecordingMonitor({ account: "123456789012", region: "eu-west-1" }, "project", "test");
    await pulumi.runtime.setMocks({ call: () => ({}), newResource: () => ({ id: "", state: {} }) }, "project", "test");
    pulumi.runtime.setMockOptions(monitor, "project", "test");
    await pulumi.runtime.runInPulumiStack(() => Promise.resolve(program()).then(() => ({})));
    await pulumi.runtime.disconnect();
    const resources = monitor.registrations.map(async ({ type, name, urn, parent, inputs }) => {
        const plain = (await plainValue(inputs)) as Record<string, unknown>;
        return { type, name, urn, parent, inputs: plain };
    });
    return (await Promise.all(resources)).filter(({ type }) => type !== "pulumi:pulumi:Stack");
}

/** The one registered resource of a type, named by its last part, such as `Model` of `aws:sagemaker/model:Model`. */
export function only(registered: readonly Registered[], type: string, name?: string): Registered {
    const found = registered.filter(
        (resource) => resource.type === type && (name === undefined || resource.name === name),
    );
    if (found.length !== 1 || found[0] === undefined) {
        throw new Error(
            `${found.length} resources ${type} ${name ?? ""} among:\n${registered.map((r) => `${r.type} ${r.name}`).join("\n")}`,
        );
    }
    return found[0];
}

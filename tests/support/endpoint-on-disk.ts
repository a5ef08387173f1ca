import { join } from "node:path";
import type { HostedEndpoint } from "../../local/graph/hosted-endpoint.ts";
import type { HostedContainer } from "../../local/graph/hosted-model.ts";

/** An endpoint of one variant with these containers, as the graph would give it. */
export const endpointOf = (containers: readonly HostedContainer[], startupTimeoutSeconds = 60): HostedEndpoint => ({
    name: "test",
    variants: [{ name: "main", weight: 1, mode: "Serial", fingerprint: "", startupTimeoutSeconds, containers }],
});

/** A container built from `<context>/<name>`, served by the step server, whose package lies in the context too. */
export const builtContainer = (
    context: string,
    name: string,
    overrides: Partial<HostedContainer> = {},
): HostedContainer => ({
    hostname: name,
    image: {
        kind: "built",
        context,
        dockerfile: join(context, name, "Dockerfile"),
        target: "step-server",
        platform: "linux/amd64",
        buildArgs: {},
    },
    modelData: undefined,
    environment: {},
    ...overrides,
});

/** Progress that keeps what was said. */
export function quietProgress() {
    const said: string[] = [];
    const keep = (what: string) => {
        said.push(what);
    };
    return {
        said,
        step: (what: string) => {
            keep(what);
            return () => undefined;
        },
        note: keep,
        warn: keep,
        log: (container: string, line: string) => {
            keep(`[${container}] ${line}`);
        },
        status: keep,
    };
}

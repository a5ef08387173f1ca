import { createGateway } from "../../local/gateway/gateway.ts";
import type { HostedContainer } from "../../local/graph/hosted-model.ts";
import { Host } from "../../local/host.ts";
import { findPython } from "../../local/launcher/python.ts";
import { createProgress } from "../../local/progress.ts";
import { cache } from "../../local/project.ts";
import { type Apart, serveApart, startApart } from "../apart.ts";

export type Server = "step-server" | "multi-model-server";

/** A container of digits in the local host: of one model, or of a folder of models. */
export interface Hosting {
    readonly server: Server;
    readonly data:
        | { readonly kind: "archive"; readonly file: string }
        | { readonly kind: "models"; readonly folder: string; readonly uri: string };
    /** Bytes that the server may hold. @default - the server's own budget */
    readonly budget?: number;
}

/** The container folder that the benchmark hosts. */
export const imageOf = (server: Server) => ({
    kind: "built" as const,
    context: "containers",
    dockerfile: "containers/digits/Dockerfile",
    target: server,
    platform: "linux/amd64",
    buildArgs: {},
});

/** Where runners serve. */
export const INVOCATIONS = "/endpoints/bench/invocations";

/** Serves the container by a local host in another process. @returns with the gateway's URL, and then the container's */
export const hostApart = (hosting: Hosting): Promise<Apart> =>
    startApart(import.meta.filename, JSON.stringify(hosting));

async function serve({ server, data, budget }: Hosting): Promise<void> {
    const container: HostedContainer = {
        hostname: "digits",
        image: imageOf(server),
        modelData: data,
        ...(data.kind === "models" && { multiModel: { cache: true } }),
        environment: budget === undefined ? {} : { SERVING_MEMORY_BUDGET: String(budget) },
    };
    const progress = { ...createProgress(), step: () => () => undefined, log: () => undefined };
    const host = new Host({ python: findPython(), cache, progress });
    const variant = { name: "main", weight: 1, mode: "Serial" as const, fingerprint: "", startupTimeoutSeconds: 60 };
    const served = await host.start({ name: "bench", variants: [{ ...variant, containers: [container] }] });
    const gateway = createGateway({ endpoints: [served] });
    process.on("SIGTERM", () => {
        void gateway
            .close()
            .then(() => host.stop())
            .then(() => process.exit());
    });
    serveApart([await gateway.listen(0), served.variants[0]?.containers[0]?.origin ?? ""]);
}

if (process.argv[1] === import.meta.filename) await serve(JSON.parse(process.argv[2] ?? "{}") as Hosting);

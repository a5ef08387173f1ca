import { randomInt } from "node:crypto";
import { type AddressInfo, createServer } from "node:net";
import { PlanError } from "../../plans/plan-error.ts";

/** Listens on a port of 127.0.0.1 for a moment. @returns the port */
function tryPort(wanted: number): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", reject);
        server.listen(wanted, "127.0.0.1", () => {
            const { port } = server.address() as AddressInfo;
            server.close(() => {
                resolve(port);
            });
        });
    });
}

/**
 * Ports for containers: below those that systems hand out for outgoing connections, so that none is lost between finding it and
 * listening on it; Multi Model Server takes none above 32766.
 */
const CONTAINER_PORTS = { min: 20_000, max: 32_766 };

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
    for (;;) {
        const port = randomInt(CONTAINER_PORTS.min, CONTAINER_PORTS.max + 1);
        try {
            return await tryPort(port);
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
        }
    }
}

/** @throws {PlanError} where the port is taken, before any slow work is done for it */
export async function requireFreePort(port: number): Promise<void> {
    try {
        await tryPort(port);
    } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? "is in use" : (error as Error).message;
        throw new PlanError("--port", [`port ${port} of 127.0.0.1 ${reason}; give another one, or 0 for any free one`]);
    }
}

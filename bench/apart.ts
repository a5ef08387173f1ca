import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server in a process of its own. */
export interface Apart {
    /** What it serves. */
    readonly urls: readonly string[];
    /** Microseconds of processor time that its process has taken so far. */
    readonly cpu: () => Promise<number>;
    readonly stop: () => Promise<void>;
}

/** Runs a file, which calls `serveApart`, as another process. */
export async function startApart(file: string, ...args: readonly string[]): Promise<Apart> {
    const child = fork(file, args);
    const ended = once(child, "close").then(() => {
        throw new Error(`${file} ended`);
    });
    ended.catch(() => undefined); // it ends in the end
    const answer = async (): Promise<unknown> => {
        const answered = Promise.withResolvers<unknown>();
        child.once("message", answered.resolve);
        return Promise.race([answered.promise, ended]);
    };
    const urls = (await answer()) as string[];
    return {
        urls,
        cpu: async () => {
            child.send("cpu");
            return (await answer()) as number;
        },
        stop: async () => {
            child.kill();
            await ended.catch(() => undefined);
        },
    };
}

/** Tells the process that started this one what is served, and what it asks for. */
export function serveApart(urls: readonly string[]): void {
    process.on("message", () => {
        const { user, system } = process.cpuUsage();
        process.send?.(user + system);
    });
    process.on("disconnect", () => process.exit()); // whoever asked has gone
    process.send?.(urls);
}

/** Serves HTTP on a free port of 127.0.0.1; resolves to its URL. */
export async function serveHttp(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

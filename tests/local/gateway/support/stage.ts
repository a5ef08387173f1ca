import { createServer } from "node:http";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer as createRawServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { createGateway } from "../../../../local/gateway/gateway.ts";
import type { Gateway, GatewayOptions } from "../../../../local/gateway/gateway.ts";
import type { ServedContainer, ServedEndpoint, ServedVariant } from "../../../../local/gateway/served-endpoint.ts";

/** A request as a container got it. */
export interface Received {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
    /** The port it came from: the same one for all requests over one connection. */
    readonly port: number | undefined;
}

/** A container of a test; what it got is in `received`. */
export interface TestContainer extends ServedContainer {
    readonly received: Received[];
    origin: string;
    unavailable: string | undefined;
}

export type Respond = (request: Received, response: ServerResponse) => void;

/** A 200 with this payload. */
export const answering =
    (body: string | Buffer, headers: Record<string, string> = { "Content-Type": "application/json" }): Respond =>
    (_request, response) => {
        response.writeHead(200, headers);
        response.end(body);
    };

/** Starts containers and gateways for a test, and stops all of them after it. */
export class Stage {
    /** What the gateways logged. */
    readonly log: string[] = [];
    private readonly servers: Server[] = [];
    private readonly sockets = new Set<Socket>();
    private readonly gateways: Gateway[] = [];

    /** A container that answers over HTTP. */
    async container(hostname: string, respond: Respond = answering("{}")): Promise<TestContainer> {
        const received: Received[] = [];
        const server = createServer((request, response) => {
            const chunks: Buffer[] = [];
            request.on("data", (chunk: Buffer) => chunks.push(chunk));
            request.on("end", () => {
                const { method = "", url = "", headers, socket } = request;
                const whole = { method, url, headers, body: Buffer.concat(chunks), port: socket.remotePort };
                received.push(whole);
                respond(whole, response);
            });
        });
        return { hostname, origin: await this.listen(server), unavailable: undefined, received };
    }

    /** A container that does as it likes with each connection's first bytes. */
    async rawContainer(hostname: string, onData: (socket: Socket) => void): Promise<TestContainer> {
        const server = createRawServer((socket) => {
            socket.on("error", () => undefined);
            socket.on("data", () => {
                onData(socket);
            });
        });
        return { hostname, origin: await this.listen(server), unavailable: undefined, received: [] };
    }

    /** A container whose port nobody listens on. */
    async deadContainer(hostname: string): Promise<TestContainer> {
        const server = createRawServer();
        const origin = await this.listen(server);
        await new Promise((resolve) => server.close(resolve));
        return { hostname, origin, unavailable: undefined, received: [] };
    }

    /** Starts a gateway; resolves to its URL. */
    async gateway(endpoints: readonly ServedEndpoint[], limits: GatewayOptions["limits"] = {}): Promise<string> {
        return this.listening(createGateway({ endpoints, limits, log: (line) => this.log.push(line) }));
    }

    /** A gateway with the endpoint `demo`, whose variant `main` has these containers. */
    async serial(containers: readonly ServedContainer[], limits: GatewayOptions["limits"] = {}): Promise<string> {
        return this.gateway([endpoint([variant(containers)])], limits);
    }

    /** Listens with a gateway, and closes it after the test. */
    async listening(gateway: Gateway): Promise<string> {
        this.gateways.push(gateway);
        return gateway.listen(0);
    }

    async stop(): Promise<void> {
        for (const socket of this.sockets) socket.destroy();
        await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
        await Promise.all(this.gateways.map((gateway) => gateway.close()));
    }

    private listen(server: Server): Promise<string> {
        this.servers.push(server);
        server.on("connection", (socket) => {
            this.sockets.add(socket);
            socket.on("close", () => this.sockets.delete(socket));
        });
        return new Promise((resolve) => {
            server.listen(0, "127.0.0.1", () => {
                resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
            });
        });
    }
}

export const variant = (containers: readonly ServedContainer[], other: Partial<ServedVariant> = {}): ServedVariant => ({
    name: "main",
    weight: 1,
    mode: "Serial",
    containers,
    ...other,
});

export const endpoint = (variants: readonly ServedVariant[], name = "demo"): ServedEndpoint => ({ name, variants });

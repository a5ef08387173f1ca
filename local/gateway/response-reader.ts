import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { Chunks } from "./chunks.ts";
import { ResponseTooLarge } from "./explain-failure.ts";

/** Takes a response that arrived completely, or what kept it from that; exactly one of both, once. */
export interface ResponseTaker {
    complete(status: number, headers: IncomingHttpHeaders, body: Buffer): void;
    failed(error: Error): void;
}

/**
 * Reads one response to its end.
 *
 * undici's `request` hands out a stream, which serves nobody where the next container gets the whole body: with its iterator and
 * its pauses, which the parser obeys by setting bytes back, it took half of the gateway's time for a hop.
 */
export class ResponseReader implements Dispatcher.DispatchHandler {
    private readonly chunks: Chunks;
    private readonly limit: number;
    private taker: ResponseTaker | undefined;
    private controller: Dispatcher.DispatchController | undefined;
    private cutBy: Error | undefined;
    private status = 0;
    private headers: IncomingHttpHeaders = {};

    constructor(limit: number, taker: ResponseTaker) {
        this.limit = limit;
        this.chunks = new Chunks(limit);
        this.taker = taker;
    }

    /** Fails with the reason, and cuts the connection: now, or as soon as there is one. */
    readonly cut = (reason: Error): void => {
        this.cutBy = reason;
        this.fail(reason);
        this.controller?.abort(reason);
    };

    onRequestStart(controller: Dispatcher.DispatchController): void {
        this.controller = controller;
        if (this.cutBy !== undefined) controller.abort(this.cutBy);
    }

    /** Comes once more for each informational response. */
    onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
        this.status = status;
        this.headers = headers;
        this.chunks.expect(headers["content-length"]);
    }

    onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
        if (!this.chunks.add(chunk)) this.cut(new ResponseTooLarge(this.limit));
    }

    onResponseEnd(): void {
        this.take()?.complete(this.status, this.headers, this.chunks.whole());
    }

    onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
        this.fail(error);
    }

    private fail(error: Error): void {
        this.take()?.failed(error);
    }

    private take(): ResponseTaker | undefined {
        const { taker } = this;
        this.taker = undefined;
        return taker;
    }
}

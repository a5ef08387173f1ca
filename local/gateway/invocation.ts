import type { Cancellation } from "./cancellation.ts";
import type { ContainerRequest, ContainerResponse, StreamingResponse } from "./container-client.ts";
import type { TargetContainer } from "./endpoint-router.ts";
import { inMegabytes } from "./limits.ts";
import type { GatewayLimits } from "./limits.ts";
import type { InvocationHeaders } from "./request-headers.ts";
import { ModelError, RuntimeError, validationError } from "./runtime-error.ts";
import { type ModelLease, ModelUnavailable, type ServedModels } from "./served-models.ts";

/** One request's way through one container, or through a pipeline's in order. */
export class Invocation {
    /** Milliseconds spent in containers so far. */
    modelMs = 0;
    private readonly containers: readonly TargetContainer[];
    private readonly headers: InvocationHeaders;
    private readonly cancellation: Cancellation;
    private readonly limits: GatewayLimits;

    constructor(
        containers: readonly TargetContainer[],
        headers: InvocationHeaders,
        cancellation: Cancellation,
        limits: GatewayLimits,
    ) {
        this.containers = containers;
        this.headers = headers;
        this.cancellation = cancellation;
        this.limits = limits;
    }

    /** The last container's response; throws the ModelError of the first that gives no 2xx, or ClientGone. */
    async invoke(payload: Buffer): Promise<ContainerResponse> {
        const [last, request] = await this.upToLast(payload);
        return this.call(last, request);
    }

    /** The last container's response as it arrives; throws as `invoke` does until it begins, then as StreamingResponse says. */
    async stream(payload: Buffer): Promise<StreamingResponse> {
        const [last, request] = await this.upToLast(payload);
        const started = performance.now();
        try {
            const response = await last.client.stream(request);
            return { ...response, chunks: this.timedChunks(last, response.chunks, started) };
        } catch (error) {
            this.record(last, started);
            throw error;
        }
    }

    /** Passes the payload through all containers but the last; returns that one and the request for it. */
    private async upToLast(payload: Buffer): Promise<[TargetContainer, ContainerRequest]> {
        const { cancellation } = this;
        let { contentType } = this.headers;
        let body = payload;
        for (const [index, container] of this.containers.entries()) {
            const next = this.containers[index + 1];
            const request = { headers: this.headersFor(contentType, next === undefined), body, cancellation };
            if (next === undefined) return [container, request];
            const response = await this.call(container, request);
            ({ contentType, body } = response);
            this.checkSize(response, container, next);
        }
        throw new RangeError("a model has at least one container");
    }

    private call(container: TargetContainer, request: ContainerRequest): Promise<ContainerResponse> {
        const { models } = container;
        return models === undefined ? this.exchange(container, request) : this.callModel(container, models, request);
    }

    /** Waits until the container holds the model, and invokes it: that wait is no part of the container's time. */
    private async callModel(
        container: TargetContainer,
        models: ServedModels,
        { headers, ...request }: ContainerRequest,
    ): Promise<ContainerResponse> {
        const { targetModel = "" } = this.headers;
        const named = { ...headers, "X-Amzn-SageMaker-Target-Model": targetModel };
        let lease: ModelLease | undefined;
        try {
            lease = await models.lease(targetModel);
            for (;;) {
                try {
                    return await this.exchange(container, { ...request, headers: named, path: lease.path });
                } catch (error) {
                    if (!(error instanceof ModelError) || !(await lease.recover(error.originalStatusCode))) throw error;
                }
            }
        } catch (error) {
            throw error instanceof ModelUnavailable ? unavailable(error, container) : error;
        } finally {
            lease?.release();
        }
    }

    private async exchange(container: TargetContainer, request: ContainerRequest): Promise<ContainerResponse> {
        const started = performance.now();
        try {
            return await container.client.invoke(request);
        } finally {
            this.record(container, started);
        }
    }

    /**
     * Content-Type is the client's, then that of the response before, word for word; the container falls back on its own default
     * where there is none. Only the last container learns what the client accepts. How SageMaker hands custom attributes and the
     * inference ID to the containers of a pipeline is not documented; here every container gets them.
     */
    private headersFor(contentType: string | undefined, isLast: boolean): Record<string, string> {
        const { accept, customAttributes, inferenceId } = this.headers;
        const headers: Record<string, string> = {};
        if (contentType !== undefined) headers["Content-Type"] = contentType;
        if (isLast && accept !== undefined) headers["Accept"] = accept;
        if (customAttributes !== undefined) headers["X-Amzn-SageMaker-Custom-Attributes"] = customAttributes;
        if (inferenceId !== undefined) headers["X-Amzn-SageMaker-Inference-Id"] = inferenceId;
        return headers;
    }

    private checkSize({ status, body }: ContainerResponse, { client }: TargetContainer, next: TargetContainer): void {
        const limit = this.limits.betweenContainersBytes;
        if (body.length <= limit) return;
        const message =
            `Received response from ${client.hostname} with status code ${status}. However, the request payload from ` +
            `${client.hostname} to ${next.client.hostname} is ${body.length} bytes, which has exceeded the maximum limit of ` +
            `${inMegabytes(limit)}.`;
        throw new ModelError(message, status, message, client.logStreamArn);
    }

    private async *timedChunks(
        container: TargetContainer,
        chunks: AsyncIterable<Buffer>,
        started: number,
    ): AsyncGenerator<Buffer> {
        try {
            yield* chunks;
        } finally {
            this.record(container, started);
        }
    }

    private record(container: TargetContainer, started: number): void {
        // A container that was told to stop says nothing by its time.
        if (this.cancellation.reason !== undefined) return;
        const took = performance.now() - started;
        this.modelMs += took;
        container.took(took);
    }
}

/** How a client learns why its model cannot be invoked. */
function unavailable({ reason, message }: ModelUnavailable, { client }: TargetContainer): RuntimeError {
    if (reason === "not-ready") return new RuntimeError(429, "ModelNotReadyException", message);
    return typeof reason === "number" ? client.error(reason, message) : validationError(message);
}

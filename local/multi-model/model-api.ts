import { request } from "undici";
import { ModelUnavailable } from "../gateway/served-models.ts";

/** Where the container is now. */
interface Reachable {
    readonly origin: string;
    readonly unavailable: string | undefined;
}

/** A model as a container is asked for it. */
export interface NamedModel {
    /** Under which the container holds it. */
    readonly id: string;
    /** What requests name it by. */
    readonly target: string;
}

/** Milliseconds for a container to list or unload a model; an unload waits for the model's invocations, which have 60 s. */
const ANSWER_MS = 90_000;

/**
 * The part of a container's HTTP API that loads and unloads models. Each call names the target in a header, as an invocation does: Triton
 * holds a model under that name and not under its id, and finds it by that when it is invoked, so SageMaker must do so too [I].
 * @see docs/containers.md
 */
export class ModelApi {
    private readonly container: Reachable;

    constructor(container: Reachable) {
        this.container = container;
    }

    /** @throws {ModelUnavailable} with the container's status and reason where the model is not loaded */
    async load(model: NamedModel, folder: string, milliseconds: number): Promise<void> {
        const body = JSON.stringify({ model_name: model.id, url: folder });
        const { status, text } = await this.call("POST", "/models", model, milliseconds, body);
        if (status !== 200) throw new ModelUnavailable(status, text);
    }

    /** Resolves once the container holds the model no longer, whether it did or not. */
    async unload(model: NamedModel): Promise<void> {
        const { status, text } = await this.call("DELETE", `/models/${model.id}`, model, ANSWER_MS);
        if (status !== 200 && status !== 404) throw new ModelUnavailable(status, text);
    }

    async isLoaded(model: NamedModel): Promise<boolean> {
        return (await this.call("GET", `/models/${model.id}`, model, ANSWER_MS)).status === 200;
    }

    private async call(
        method: "GET" | "POST" | "DELETE",
        path: string,
        { target }: NamedModel,
        milliseconds: number,
        body: string | null = null,
    ): Promise<{ status: number; text: string }> {
        const { origin, unavailable } = this.container;
        const headers = {
            "X-Amzn-SageMaker-Target-Model": target,
            ...(body !== null && { "Content-Type": "application/json" }),
        };
        if (unavailable !== undefined) throw new ModelUnavailable(0, `The container ${unavailable}.`);
        try {
            const signal = AbortSignal.timeout(Math.ceil(milliseconds));
            // a connection of its own: one that was kept could be closed by the container just now
            const options = { reset: true, headersTimeout: 0, bodyTimeout: 0, signal };
            const response = await request(`${origin}${path}`, { method, headers, body, ...options });
            return { status: response.statusCode, text: await response.body.text() };
        } catch (error) {
            const why =
                (error as Error).name === "TimeoutError"
                    ? `gave no answer to ${method} ${path} within ${milliseconds / 1000} s`
                    : `broke off ${method} ${path}: ${(error as Error).message}`;
            throw new ModelUnavailable(0, `The container ${why}.`);
        }
    }
}

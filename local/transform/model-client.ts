import { setTimeout } from "node:timers/promises";
import { LIMITS } from "../../plans/limits.ts";
import { Cancellation } from "../gateway/cancellation.ts";
import { EndpointRouter } from "../gateway/endpoint-router.ts";
import { Invocation } from "../gateway/invocation.ts";
import { GATEWAY_LIMITS, type GatewayLimits } from "../gateway/limits.ts";
import { ClientGone } from "../gateway/read-body.ts";
import { ModelError } from "../gateway/runtime-error.ts";
import type { GatewayMetrics } from "../gateway/metrics.ts";
import type { ServedEndpoint } from "../gateway/served-endpoint.ts";
import type { TransformSpec } from "./transform-spec.ts";

/** How long a container that died may take to answer again. */
const RECOVERY_MS = 120_000;
const LOOK_MS = 100;
const RETRY_DELAY_MS = 500;

/** What log-stream ARNs name. */
const LOCAL_ACCOUNT = { accountId: "123456789012", region: "us-east-1" };

/** The line of containers answers no more, whatever it is asked. */
export class ModelGone extends Error {}

/** Sends requests through a model's containers in order, as a transform job does: one that gets no answer is sent again. */
export class ModelClient {
    private readonly router: EndpointRouter;
    private readonly served: ServedEndpoint;
    private readonly spec: TransformSpec;
    private readonly stop: AbortSignal;
    private readonly limits: GatewayLimits;

    /**
     * @param served the model, as if it were an endpoint's one variant
     * @param stop ends what is in flight, and lets nothing more be sent
     */
    constructor(served: ServedEndpoint, spec: TransformSpec, metrics: GatewayMetrics, stop: AbortSignal) {
        this.limits = {
            ...GATEWAY_LIMITS,
            responseMs: spec.responseTimeoutSeconds * 1000,
            responseBytes: LIMITS.transformPayloadMiB.max * 1024 * 1024, // inferred: the guide limits requests alone
        };
        this.router = new EndpointRouter(served, LOCAL_ACCOUNT, this.limits, metrics);
        this.served = served;
        this.spec = spec;
        this.stop = stop;
    }

    /**
     * The last container's response.
     * @throws {ModelError} of a container that refuses, or that gives no answer time and again; {ModelGone} where one stays away;
     * {ClientGone} once the run is stopped
     */
    async invoke(body: Buffer): Promise<Buffer> {
        for (let attempt = 0; ; attempt++) {
            try {
                return await this.once(body);
            } catch (error) {
                const again = error instanceof ModelError && isTransient(error) && attempt < this.spec.responseRetries;
                if (!again) throw error;
            }
            await this.recovered();
            await setTimeout(RETRY_DELAY_MS * 2 ** attempt, undefined, { signal: this.stop }).catch(() => undefined);
        }
    }

    /** Cuts all connections. */
    async close(): Promise<void> {
        await this.router.close();
    }

    private async once(body: Buffer): Promise<Buffer> {
        if (this.stop.aborted) throw new ClientGone();
        const cancellation = new Cancellation();
        const stopped = () => {
            cancellation.cancel(new ClientGone());
        };
        this.stop.addEventListener("abort", stopped, { once: true });
        const { contentType, accept } = this.spec;
        const headers = { ...NO_HEADERS, contentType, accept };
        const variant = this.router.variantFor(headers);
        const invocation = new Invocation(
            this.router.containersFor(variant, headers),
            headers,
            cancellation,
            this.limits,
        );
        const began = performance.now();
        variant.requests.started();
        try {
            return (await invocation.invoke(body)).body;
        } catch (error) {
            if (error instanceof ModelError) variant.requests.failed(error.originalStatusCode);
            throw error;
        } finally {
            variant.requests.finished(invocation.modelMs, performance.now() - began - invocation.modelMs);
            this.stop.removeEventListener("abort", stopped);
            cancellation.close();
        }
    }

    /** Waits until every container can be invoked. */
    private async recovered(): Promise<void> {
        const deadline = performance.now() + RECOVERY_MS;
        const containers = this.served.variants.flatMap((variant) => variant.containers);
        for (;;) {
            const away = containers.find(({ unavailable }) => unavailable !== undefined);
            if (away === undefined || this.stop.aborted) return;
            if (performance.now() > deadline) {
                throw new ModelGone(
                    `container ${away.hostname} ${away.unavailable ?? ""}, for ${RECOVERY_MS / 1000} s now`,
                );
            }
            await setTimeout(LOOK_MS);
        }
    }
}

const NO_HEADERS = {
    customAttributes: undefined,
    inferenceId: undefined,
    targetModel: undefined,
    targetVariant: undefined,
    targetContainerHostname: undefined,
};

/** No complete response, or a fault of the server: another try may do better. A refusal stays one. */
const isTransient = ({ originalStatusCode }: ModelError): boolean =>
    originalStatusCode === 0 || originalStatusCode >= 500;

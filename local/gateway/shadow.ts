import { Cancellation } from "./cancellation.ts";
import type { TargetVariant } from "./endpoint-router.ts";
import { Invocation } from "./invocation.ts";
import type { GatewayLimits } from "./limits.ts";
import type { InvocationHeaders } from "./request-headers.ts";
import { ModelError } from "./runtime-error.ts";

/** Copies that a shadow may be busy with; further ones are left out, so that one that is slow takes no memory from production. */
const IN_FLIGHT = 64;

/** Sends copies of requests to a shadow variant and drops the answers; what they took and how they failed is in the metrics. */
export class Shadow {
    private readonly variant: TargetVariant;
    private readonly share: number;
    private readonly limits: GatewayLimits;
    private saved = 0;
    private inFlight = 0;

    /** @param share of the requests that are copied, 0 to 1; spread evenly, where SageMaker draws at random */
    constructor(variant: TargetVariant, share: number, limits: GatewayLimits) {
        this.variant = variant;
        this.share = share;
        this.limits = limits;
    }

    /** Copies the request, if it is one of the share. Nobody waits for it; never rejects. */
    async copy(headers: InvocationHeaders, payload: Buffer): Promise<void> {
        this.saved += this.share;
        if (this.saved < 1) return;
        this.saved -= 1;
        if (this.inFlight >= IN_FLIGHT) return;
        this.inFlight++;
        const { containers, requests } = this.variant;
        const since = performance.now();
        const cancellation = new Cancellation();
        const invocation = new Invocation(containers, headers, cancellation, this.limits);
        requests.started();
        try {
            await invocation.invoke(payload);
        } catch (error) {
            requests.failed(error instanceof ModelError ? error.originalStatusCode : 0);
        } finally {
            cancellation.close();
            requests.finished(invocation.modelMs, performance.now() - since - invocation.modelMs);
            this.inFlight--;
        }
    }
}

import type { IncomingHttpHeaders } from "node:http";
import { LIMITS } from "../../plans/limits.ts";
import { targetModelProblem } from "../../plans/target-model.ts";
import { cut, validationError } from "./runtime-error.ts";
import type { Operation } from "./route.ts";

/** The headers of a request that have a meaning here; absent ones are undefined. */
export interface InvocationHeaders {
    readonly contentType: string | undefined;
    readonly accept: string | undefined;
    readonly customAttributes: string | undefined;
    readonly inferenceId: string | undefined;
    readonly targetModel: string | undefined;
    readonly targetVariant: string | undefined;
    readonly targetContainerHostname: string | undefined;
}

/** What a header's value must look like, in code and in words. */
interface Constraint {
    readonly pattern: RegExp;
    readonly accepted: string;
}

// From the service model of SageMaker Runtime; "ASCII" is narrowed to what an HTTP header can carry.
const TEXT: Constraint = { pattern: /^[\t\x20-\x7e]{0,1024}$/, accepted: "at most 1024 printable ASCII characters" };
const ID: Constraint = { pattern: /^[\x21-\x7e][\x20-\x7e]{0,63}$/, accepted: "1 to 64 printable ASCII characters" };
const NAME: Constraint = {
    pattern: /^(?=.{1,63}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*$/,
    accepted: "1 to 63 letters, digits and inner hyphens",
};

/** Headers of features that an endpoint has only where it is configured for them; none of those configurations is served. */
const UNSERVED = {
    "X-Amzn-SageMaker-Inference-Component": "the endpoint has no inference components",
    "X-Amzn-SageMaker-Session-Id": "the endpoint keeps no stateful sessions",
    "X-Amzn-SageMaker-Enable-Explanations": "the endpoint has no ClarifyExplainerConfig",
};

/** Collects every problem of a request's headers, so that one answer names them all. */
class HeaderReader {
    readonly problems: string[] = [];
    private readonly headers: IncomingHttpHeaders;

    constructor(headers: IncomingHttpHeaders) {
        this.headers = headers;
    }

    raw(name: string): string | undefined {
        const value = this.headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(", ") : value;
    }

    read(name: string, constraint: Constraint): string | undefined {
        const value = this.raw(name);
        if (value !== undefined && !constraint.pattern.test(value)) {
            this.problems.push(
                `${name} is "${cut(value, 80)}" (${value.length} characters); accepted are ${constraint.accepted}`,
            );
        }
        return value;
    }

    readModel(name: string): string | undefined {
        const value = this.raw(name);
        const problem = value === undefined ? undefined : targetModelProblem(value);
        if (value !== undefined && problem !== undefined) {
            const accepted = `keys below the model prefix, of 1 to ${LIMITS.targetModelLength} printable ASCII characters`;
            const found = `"${cut(value, 80)}" (${value.length} characters)`;
            this.problems.push(`${name} is ${found}; accepted are ${accepted}: ${problem}`);
        }
        return value;
    }

    refuse(name: string, reason: string): void {
        if (this.raw(name) !== undefined) this.problems.push(`${name} is given, but ${reason}`);
    }
}

/** Reads and checks the headers of a request; throws one ValidationError that names every problem. */
export function requestHeaders(headers: IncomingHttpHeaders, operation: Operation): InvocationHeaders {
    const reader = new HeaderReader(headers);
    const streaming = operation === "InvokeEndpointWithResponseStream";
    const read = {
        contentType: reader.read("Content-Type", TEXT),
        accept: reader.read(streaming ? "X-Amzn-SageMaker-Accept" : "Accept", TEXT),
        customAttributes: reader.read("X-Amzn-SageMaker-Custom-Attributes", TEXT),
        inferenceId: reader.read("X-Amzn-SageMaker-Inference-Id", ID),
        targetModel: reader.readModel("X-Amzn-SageMaker-Target-Model"),
        targetVariant: reader.read("X-Amzn-SageMaker-Target-Variant", NAME),
        targetContainerHostname: reader.read("X-Amzn-SageMaker-Target-Container-Hostname", NAME),
    };
    if (streaming) reader.refuse("X-Amzn-SageMaker-Target-Model", `${operation} has no such header`);
    for (const [name, reason] of Object.entries(UNSERVED)) reader.refuse(name, reason);
    if (reader.problems.length > 0) throw validationError(reader.problems.join("; "));
    return read;
}

import type { Settings } from "../../plans/settings.ts";

/** Why no request is sent to a deployed endpoint; undefined where its answers can be waited for. */
export function answersLater({ endpoint }: Settings): string | undefined {
    if (endpoint === undefined || endpoint === "none" || endpoint.async === undefined) return undefined;
    return "asynchronous: answers come in S3, below the output async.output";
}

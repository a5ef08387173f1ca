import { z } from "zod";
import { LIMITS } from "../plans/limits.ts";
import { object, optional, whole } from "./fields.ts";

const memoryAccepted = LIMITS.serverlessMemoryMiB.join(", ");

/** Capacity without instances. */
export const serverless = object({
    memoryMiB: z
        .literal(LIMITS.serverlessMemoryMiB, { error: memoryAccepted })
        .describe("MiB of memory; processors come in proportion."),
    maxConcurrency: whole(LIMITS.serverlessConcurrency, "requests").describe("Requests at once at most."),
    provisionedConcurrency: optional(
        whole(LIMITS.serverlessConcurrency, "containers"),
        "Containers that are kept warm. Default: none.",
    ),
});

import { readFileSync } from "node:fs";
import type { Sample } from "../plans/settings.ts";

export interface Answer {
    readonly status: number;
    readonly contentType: string;
    readonly body: Buffer;
}

/** Sends a stack's sample request to an endpoint's invocations URL. */
export async function sendSample(
    url: string,
    { body, contentType, accept, targetModel, targetContainer }: Sample,
): Promise<Answer> {
    const response = await fetch(url, {
        method: "POST",
        headers: {
            "content-type": contentType,
            accept: accept ?? "application/json",
            ...(targetModel !== undefined && { "x-amzn-sagemaker-target-model": targetModel }),
            ...(targetContainer !== undefined && { "x-amzn-sagemaker-target-container-hostname": targetContainer }),
        },
        body: readFileSync(body),
    });
    const answer = Buffer.from(await response.arrayBuffer());
    return { status: response.status, contentType: response.headers.get("content-type") ?? "", body: answer };
}

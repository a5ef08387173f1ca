import type { Input } from "@pulumi/pulumi";
import type { Step } from "./step.ts";
import { multiModelSteps } from "./step.ts";
import type { TransformSettings } from "./transform.ts";
import type { EndpointKind } from "./endpoint-kind.ts";

/** What an endpoint records of its requests and answers, in files of JSON lines in S3. */
export interface DataCaptureSettings {
    /** Percent of requests, 1–100. @default 20 */
    readonly samplingPercent?: number;
    /** @default both */
    readonly record?: readonly ("request" | "response")[];
    /** Media types that are kept as text, as CSV; all others are kept in base64. @default text/csv */
    readonly csv?: readonly string[];
    /** Media types that are kept as text, as JSON. @default application/json */
    readonly json?: readonly string[];
    /** `s3://bucket/prefix/` that is there already. @default - `capture/` of a bucket made for it */
    readonly destination?: string;
    /** Days until a file is deleted; of the bucket made for it. @default 90 */
    readonly keepDays?: number;
}

export const CAPTURE_DEFAULTS = {
    samplingPercent: 20,
    record: ["request", "response"],
    csv: ["text/csv"],
    json: ["application/json"],
    keepDays: 90,
} as const satisfies DataCaptureSettings;

const MODES = { request: "Input", response: "Output" } as const;

/**
 * What EndpointConfiguration takes.
 * @param destination `s3://bucket/prefix/`
 * @param keyArn encrypts the files
 */
export function planDataCapture(settings: DataCaptureSettings, destination: Input<string>, keyArn?: Input<string>) {
    const { samplingPercent, record, csv, json } = { ...CAPTURE_DEFAULTS, ...settings };
    return {
        enableCapture: true,
        initialSamplingPercentage: samplingPercent,
        destinationS3Uri: destination,
        captureOptions: record.map((part) => ({ captureMode: MODES[part] })),
        captureContentTypeHeader: { csvContentTypes: [...csv], jsonContentTypes: [...json] },
        ...(keyArn !== undefined && { kmsKeyId: keyArn }),
    };
}

/** Every rule that data capture breaks on an endpoint of this kind, for a model of these steps. */
export function dataCaptureProblems(
    { destination, keepDays, csv = CAPTURE_DEFAULTS.csv, json = CAPTURE_DEFAULTS.json }: DataCaptureSettings,
    kind: EndpointKind,
    steps: readonly Step[],
    transform: TransformSettings | undefined,
): string[] {
    const problems: string[] = [];
    if (kind !== "real-time") {
        problems.push(`endpoint.dataCapture: SageMaker captures of real-time endpoints alone, and this one is ${kind}`);
    }
    if (destination !== undefined && keepDays !== undefined) {
        problems.push(
            "endpoint.dataCapture.keepDays: how long files are kept in a bucket of yours is its own rules' matter; leave it out",
        );
    }
    for (const type of new Set(csv.filter((known) => json.includes(known)))) {
        problems.push(`endpoint.dataCapture: ${type} is in csv and in json; leave it out of one`);
    }
    if (transform !== undefined) {
        for (const { name } of multiModelSteps(steps)) {
            problems.push(
                `endpoint.dataCapture: step "${name}" is multi-model, which batch transform has no capture for; leave out transform`,
            );
        }
    }
    return problems;
}

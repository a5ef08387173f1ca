import "./compile-cache.ts";
import { existsSync } from "node:fs";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { InvalidArgumentError } from "commander";
import { parseSettings } from "../config/schema.ts";
import { PlanError, refuse } from "../plans/plan-error.ts";
import type { Sample, Settings } from "../plans/settings.ts";
import { parseCount } from "./parse-count.ts";
import { command, report } from "./command.ts";
import { root } from "./project.ts";
import { answersLater } from "./smoke/answers-later.ts";
import { type Check, controlChecks, noControlChecks, noRequestChecks, requestChecks } from "./smoke/checks.ts";
import { stackOutputs } from "./smoke/stack-outputs.ts";
import { readStackConfig, type StackConfig } from "./stack/stack-file.ts";

interface SmokeOptions {
    readonly stack: string;
    readonly endpointUrl?: URL;
    readonly requests: number;
    readonly json?: boolean;
}

const SECONDS = 10;
const REGION = "us-east-1";
/** The local host does not look at signatures, and must not need credentials. */
const ANY_CREDENTIALS = { accessKeyId: "any", secretAccessKey: "any" };

function parseUrl(text: string): URL {
    const url = URL.parse(text);
    if (url === null || !/^https?:$/.test(url.protocol))
        throw new InvalidArgumentError("accepted: an origin such as http://127.0.0.1:8080");
    return url;
}

/** The request to send. @throws {PlanError} where there is none, or a file of it is missing */
function sampleOf({ sample }: Settings, { file }: StackConfig): Sample {
    if (sample === undefined)
        throw new PlanError(file, ["serial-inference:sample: missing; accepted: the request that is to be sent"]);
    const files = { body: sample.body, expect: sample.expect };
    const missing = Object.entries(files).filter(([, path]) => path !== undefined && !existsSync(path));
    refuse(
        file,
        missing.map(([key, path = ""]) => `serial-inference:sample.${key}: there is no file "${path}"`),
    );
    return sample;
}

/** The checks of a stack that the local host serves. */
async function localChecks(config: StackConfig, settings: Settings, options: SmokeOptions & { endpointUrl: URL }) {
    const { endpoint } = settings;
    if (endpoint === "none")
        throw new PlanError(config.file, ["serial-inference:endpoint: none; there is nothing to call"]);
    const client = new SageMakerRuntimeClient({
        endpoint: options.endpointUrl.origin,
        region: REGION,
        credentials: ANY_CREDENTIALS,
    });
    const name = endpoint?.name ?? `${config.project}-${config.stack}`;
    const load = { requests: options.requests, seconds: SECONDS };
    const checks = [
        ...noControlChecks("a local host has neither"),
        ...(await requestChecks(client, name, sampleOf(settings, config), load)),
    ];
    return { name, checks };
}

/** The checks of a stack that is deployed. */
async function deployedChecks(config: StackConfig, settings: Settings, { requests }: SmokeOptions) {
    const later = answersLater(settings);
    const load = { requests, seconds: SECONDS };
    const { endpointName: name, endpointConfigName } = await stackOutputs(root, config.stack);
    const given = config.values["aws:region"];
    const region = given === undefined ? {} : { region: given };
    const checks = [
        ...(await controlChecks(new SageMakerClient(region), name, endpointConfigName)),
        ...(later === undefined
            ? await requestChecks(new SageMakerRuntimeClient(region), name, sampleOf(settings, config), load)
            : noRequestChecks(later)),
    ];
    return { name, checks };
}

const MARKS = { ok: "ok", failed: "FAILED", skipped: "-" } as const;

function table(checks: readonly Check[]): string {
    const rows = checks.map(({ check, result, detail }) => [check.padEnd(13), MARKS[result].padEnd(6), detail]);
    return [["check".padEnd(13), "result", "detail"], ...rows].map((cells) => cells.join("  ")).join("\n");
}

async function smoke(options: SmokeOptions): Promise<void> {
    process.chdir(root);
    const config = readStackConfig(root, options.stack, process.env);
    const settings = parseSettings(config.values, config.file, config.encrypted);
    const { endpointUrl } = options;
    const { name, checks } =
        endpointUrl === undefined
            ? await deployedChecks(config, settings, options)
            : await localChecks(config, settings, { ...options, endpointUrl });
    const passed = checks.every(({ result }) => result !== "failed");
    const result = { stack: options.stack, endpoint: name, passed, checks };
    process.stdout.write(`${(options.json ?? false) ? JSON.stringify(result, undefined, 2) : table(checks)}\n`);
    process.exitCode = passed ? 0 : 1;
}

await command(
    "smoke",
    "After pulumi up: whether the stack's endpoint is in service, on the configuration that was asked for, and gives the expected " +
        "answer to the sample request in time. Exits with 1 where it does not.",
)
    .option("--endpoint-url <url>", "a local host (npm start), such as http://127.0.0.1:8080", parseUrl)
    .option("--requests <number>", `requests to measure latencies with, for ${SECONDS} s at most`, parseCount(1000), 20)
    .option("--json", "print {stack, endpoint, passed, checks: [{check, result, detail}]}")
    .action(smoke)
    .parseAsync()
    .catch(report);

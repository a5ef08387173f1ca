import "./compile-cache.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { ENVIRONMENT_VARIABLE, environmentIn, environmentOfStack } from "../policy/framework/environment.ts";
import { chooseRules, type Review, review } from "../policy/framework/review.ts";
import type { PackConfig } from "../policy/framework/settings.ts";
import { today } from "../policy/framework/today.ts";
import { rules } from "../policy/rules/index.ts";
import { command, parse } from "./command.ts";
import { recordProgram } from "./graph/record-program.ts";
import { createProgress } from "./progress.ts";
import { prepareStack, root } from "./project.ts";
import { locator } from "./review/locate.ts";
import { recordedResources } from "./review/recorded-resources.ts";
import { sarif } from "./review/sarif.ts";
import { table } from "./review/table.ts";

interface ReviewOptions {
    readonly stack: string;
    readonly json?: boolean;
    readonly sarif?: string;
    readonly environment?: string;
    readonly config?: string;
}

/** What was not a review: a wrong flag, a stack that is not there, a program that refuses. */
const NOT_REVIEWED = 2;

function readConfig(file: string | undefined): PackConfig {
    if (file === undefined) return {};
    try {
        return JSON.parse(readFileSync(file, "utf8")) as PackConfig;
    } catch (error) {
        throw new Error(`--config ${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
    }
}

const plain = ({ findings, checkedOnUp, waiting, unusedExemptions, rules: looked }: Review) => ({
    findings: findings.map(({ rule, level, resource, path, message }) => ({
        rule: rule.id,
        level,
        urn: resource?.urn ?? null,
        path: path ?? null,
        message,
    })),
    checkedOnUp,
    waiting: waiting.map(({ urn, message }) => ({ urn: urn ?? null, message })),
    unusedExemptions,
    rules: looked,
});

function shown(done: Review, resources: number, environment: string): string[] {
    const mandatory = done.findings.filter(({ level }) => level === "mandatory").length;
    return [
        ...table(done.findings, process.stdout),
        ...done.waiting.map(({ urn, message }) => `${urn?.split("::").slice(2).join(" ") ?? "the stack"}: ${message}`),
        ...done.unusedExemptions,
        `${mandatory} mandatory, ${done.findings.length - mandatory} advisory by ${done.rules} rules for ${environment} ` +
            `over ${resources} resources; checked on up: ${done.checkedOnUp}`,
    ];
}

async function reviewStack(options: ReviewOptions): Promise<void> {
    const [config, sarifFile] = [readConfig(options.config), options.sarif && resolve(options.sarif)];
    process.chdir(root);
    const stack = await prepareStack(options.stack, createProgress());
    const { values, file } = stack.config;
    const environment =
        environmentIn("--environment", options.environment) ??
        environmentIn(ENVIRONMENT_VARIABLE, process.env[ENVIRONMENT_VARIABLE]) ??
        environmentOfStack(options.stack);
    const chosen = chooseRules(rules, environment, config); // what is wrong with the configuration shows before the program runs
    const { resources } = await recordProgram(root, stack.config);
    const region = values["aws:region"];
    const done = review({
        chosen,
        inputs: recordedResources(resources, "inputs", region),
        outputs: recordedResources(resources, "outputs", region),
        today: today(),
    });
    if (sarifFile !== undefined) {
        const lineOf = locator(readFileSync(file, "utf8"));
        const written = sarif({ rules, findings: done.findings, file, lineOf });
        writeFileSync(sarifFile, `${JSON.stringify(written, undefined, 2)}\n`);
    }
    const lines =
        options.json === true
            ? [JSON.stringify({ stack: options.stack, environment, ...plain(done) }, undefined, 2)]
            : shown(done, resources.length, environment);
    process.stdout.write(`${lines.join("\n")}\n`);
    if (done.findings.some(({ level }) => level === "mandatory")) process.exitCode = 1;
}

const program = command(
    "review",
    "What the policy pack says of a stack, offline and without credentials. Exit code 1: something mandatory; 2: nothing was reviewed.",
)
    .option("--json", "findings as JSON, and nothing else on stdout")
    .option("--sarif <file>", "writes the findings for code hosts, as SARIF 2.1.0")
    .option("--environment <name>", "dev, staging or prod; default: $POLICY_ENVIRONMENT, else as the stack is called")
    .option("--config <file>", "configuration of the policies, as Pulumi's --policy-pack-config takes it")
    .action(reviewStack);
await parse(program, NOT_REVIEWED);

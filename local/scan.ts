import { execFile } from "node:child_process";
import { promisify, styleText } from "node:util";
import { command, parse } from "./command.ts";
import { createProgress } from "./progress.ts";
import { root } from "./project.ts";
import { recordStack } from "./record-stack.ts";
import { checkov, type Scanned } from "./scan/checkov.ts";
import { judge, type Judged } from "./scan/judge.ts";
import { SUPPRESSIONS } from "./scan/suppressions.ts";
import { type TerraformPlan, terraformPlan } from "./scan/terraform-plan.ts";
import { stackNames } from "./stack/stack-file.ts";

interface ScanOptions {
    readonly stack?: string;
    readonly json?: boolean;
    readonly plan?: boolean;
}

/** What was not a scan: a wrong flag, a stack that is not there, a program that refuses. */
const NOT_SCANNED = 2;

const planOf = async (stack: string): Promise<TerraformPlan> => terraformPlan((await recordStack(stack)).resources);

const run = promisify(execFile);

/** A program is recorded once a process, so each stack takes one; one after another, since they train the same sample models. */
async function plansOf(stacks: readonly string[]): Promise<ReadonlyMap<string, TerraformPlan>> {
    const plans = new Map<string, TerraformPlan>();
    for (const stack of stacks) {
        const flags = [import.meta.filename, "--stack", stack, "--plan"];
        const { stdout } = await run(process.execPath, flags, { maxBuffer: 64 * 1024 * 1024 }).catch(
            (error: unknown) => {
                throw new Error((error as { readonly stderr: string }).stderr.trim(), { cause: error });
            },
        );
        plans.set(stack, JSON.parse(stdout) as TerraformPlan);
    }
    return plans;
}

/** Suppressions that were used, each once, with what it suppressed. */
function suppressedLines({ suppressed }: Judged): string[] {
    const byReason = Map.groupBy(suppressed, ({ check, reason }) => `${check}: ${reason}`);
    return [...byReason].map(([line, findings]) => {
        const stacks = [...new Set(findings.map(({ stack }) => stack))].join(", ");
        return `suppressed ${findings.length} × ${line} (${stacks})`;
    });
}

function shown(scans: ReadonlyMap<string, Scanned>, judged: Judged): string[] {
    const red = (line: string) => styleText("red", line, { stream: process.stdout });
    const { findings, suppressed, problems } = judged;
    return [
        ...findings.map(({ stack, check, resource, wants }) => red(`${stack}: ${check} ${resource}: ${wants}`)),
        ...problems.map(red),
        ...suppressedLines(judged),
        ...[...scans].map(([stack, { resources, unchecked, passed, failed }]) => {
            const open = findings.filter((finding) => finding.stack === stack).length;
            return `${stack}: ${passed.length} passed, ${open} failed, ${failed.length - open} suppressed over ${resources} resources, ${unchecked} of them of types without a check`;
        }),
        `${findings.length} failed, ${suppressed.length} suppressed, ${problems.length} wrong suppressions`,
    ];
}

const plain = (scans: ReadonlyMap<string, Scanned>, { findings, suppressed, problems }: Judged) => ({
    stacks: Object.fromEntries(
        [...scans].map(([stack, { resources, unchecked, passed }]) => [
            stack,
            { resources, unchecked, passed: passed.length },
        ]),
    ),
    findings,
    suppressed,
    problems,
});

async function scan({ stack, json = false, plan = false }: ScanOptions): Promise<void> {
    process.chdir(root);
    const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    if (plan) {
        if (stack === undefined) throw new Error("--plan is for one stack: name it by --stack");
        print(await planOf(stack));
        return;
    }
    const stacks = stackNames(root);
    const scans = await checkov(await plansOf(stack === undefined ? stacks : [stack]), createProgress());
    const judged = judge(scans, SUPPRESSIONS, stacks);
    if (json) print(plain(scans, judged));
    else process.stdout.write(`${shown(scans, judged).join("\n")}\n`);
    if (judged.findings.length + judged.problems.length > 0) process.exitCode = 1;
}

const program = command(
    "scan",
    "What Checkov says of a stack, or of every one, offline and without credentials. Exit code 1: a failure that is not suppressed, or a suppression of nothing; 2: nothing was scanned.",
    "every stack",
)
    .option("--json", "findings as JSON, and nothing else on stdout")
    .option("--plan", "the stack as a plan of Terraform, as Checkov and other scanners read it, and no scan")
    .action(scan);
await parse(program, NOT_SCANNED);

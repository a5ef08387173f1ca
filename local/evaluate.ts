import { existsSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { PlanError } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";
import { command, report } from "./command.ts";
import { spawnGuarded } from "./launcher/spawn-guarded.ts";
import { localPath, stepPython } from "./prepare-artifacts.ts";
import { parseCount } from "./parse-count.ts";
import { createProgress } from "./progress.ts";
import { environments, prepareStack, root } from "./project.ts";
import { serveStack } from "./serve-stack.ts";
import { aborted } from "./until-stopped.ts";

interface EvaluateOptions {
    readonly stack: string;
    readonly json?: boolean;
    readonly scans?: number;
    readonly output?: string;
}

/**
 * The script that measures a stack's sample models: `evaluate.py` in the folder above the first step's.
 * @throws {PlanError} where there is none
 */
function findScript(name: string, [first]: readonly Step[]): { readonly script: string; readonly step: Step } {
    const path = localPath(first?.artifact);
    if (first === undefined || path === undefined)
        throw new PlanError(`stack "${name}"`, ["its first step has no artifact of this machine beside which to look"]);
    const script = join(dirname(dirname(path)), "evaluate.py");
    if (!existsSync(script)) throw new PlanError(`stack "${name}"`, [`there is no ${script} to measure its models`]);
    return { script, step: first };
}

async function evaluate({ stack: name, json = false, scans, output }: EvaluateOptions): Promise<void> {
    const from = process.env["INIT_CWD"] ?? process.cwd(); // npm runs scripts in the project's root
    const file = output === undefined ? undefined : resolve(from, output);
    process.chdir(root);
    const progress = createProgress();
    const stack = await prepareStack(name, progress);
    const { script, step } = findScript(name, stack.settings.steps);
    const { python } = stack;
    const interpreter = await stepPython(step, { python, cache: environments, progress });
    if (interpreter === undefined) throw new PlanError(`stack "${name}"`, [`step "${step.name}" has no folder here`]);

    const flags = [
        ...(json || file !== undefined ? ["--json"] : []),
        ...(scans === undefined ? [] : ["--scans", String(scans)]),
    ];
    await serveStack(stack, { progress, port: 0 }, async ({ url, stop }) => {
        const child = spawnGuarded({
            python: python.executable,
            command: [interpreter, script, ...flags, url],
            environment: process.env,
        });
        const printed: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
        child.stdout.pipe(process.stdout, { end: false });
        child.stderr.pipe(process.stderr, { end: false });
        const ended = new Promise<number | null>((resolve, reject) =>
            child.once("error", reject).once("close", resolve),
        );
        const code = await Promise.race([ended, aborted(stop)]);
        child.stdin.end(); // ends it, where it was told to stop
        await ended;
        if (file !== undefined && code === 0) {
            writeFileSync(file, Buffer.concat(printed));
            progress.note(`wrote ${relative(root, file)}`);
        }
        process.exitCode = code === 0 ? 0 : 1;
    });
}

await command(
    "evaluate",
    "Serves a stack on this machine, and measures its sample models on requests they have not seen.",
)
    .option("--json", "print the figures as JSON")
    .option(
        "--output <file>",
        "also write the figures to a file, as JSON, for registry.metrics; nothing where a target is missed",
    )
    .option("--scans <number>", "of stack ensemble: documents under each condition", parseCount())
    .action(evaluate)
    .parseAsync()
    .catch(report);
process.exit();

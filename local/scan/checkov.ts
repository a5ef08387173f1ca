import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonEnvironment } from "../launcher/python-environment.ts";
import { findPython } from "../launcher/python.ts";
import { runCommand } from "../launcher/run-command.ts";
import type { Progress } from "../progress.ts";
import { environments } from "../project.ts";
import type { TerraformPlan } from "./terraform-plan.ts";

/** A check that a resource fails. */
export interface Failure {
    /** Checkov's id, such as `CKV_AWS_98`. */
    readonly check: string;
    /** The resource's address in the plan. */
    readonly resource: string;
    /** What the check wants, in Checkov's words. */
    readonly wants: string;
}

export interface Scanned {
    /** How many resources were looked at. */
    readonly resources: number;
    /** How many of them no check is for. */
    readonly unchecked: number;
    /** Ids of the checks that passed, once a resource. */
    readonly passed: readonly string[];
    readonly failed: readonly Failure[];
}

/** What run_checkov.py prints of a plan. */
interface Report {
    readonly resources: number;
    readonly passed: readonly (readonly [check: string, resource: string])[];
    readonly failed: readonly (readonly [check: string, resource: string, wants: string])[];
}

const requirements = { file: join(import.meta.dirname, "requirements.txt"), isComplete: false };
const program = join(import.meta.dirname, "run_checkov.py");

function scanned({ resources, passed, failed }: Report, plan: TerraformPlan, name: string): Scanned {
    const planned = plan.planned_values.root_module.resources.length;
    if (resources !== planned)
        throw new Error(
            `Checkov looked at ${resources} of the ${planned} resources of ${name}: the plan is not as it reads plans`,
        );
    const checked = new Set([...passed, ...failed].map(([, resource]) => resource));
    return {
        resources,
        unchecked: resources - checked.size,
        passed: passed.map(([check]) => check),
        failed: failed.map(([check, resource, wants]) => ({ check, resource, wants })),
    };
}

/**
 * What Checkov says of plans, without a network or an account, in an environment of Python that is made once.
 * @param plans by a name of their own
 */
export async function checkov(
    plans: ReadonlyMap<string, TerraformPlan>,
    progress: Progress,
): Promise<ReadonlyMap<string, Scanned>> {
    const python = findPython();
    const interpreter = await pythonEnvironment(python, "scan", [requirements], environments, progress);
    const folder = mkdtempSync(join(tmpdir(), "scan-"));
    try {
        const named = [...plans];
        const files = named.map(([, plan], index) => {
            const file = join(folder, `${index}.json`);
            writeFileSync(file, JSON.stringify(plan));
            return file;
        });
        const printed = await runCommand({
            python: python.executable,
            command: [interpreter, program, ...files],
            environment: { ...process.env, LOG_LEVEL: "ERROR" },
        });
        const reports = JSON.parse(printed) as readonly Report[];
        return new Map(
            named.map(([name, plan], index) => {
                const report = reports[index];
                if (report === undefined) throw new Error(`Checkov did not look at ${name}`);
                return [name, scanned(report, plan, name)] as const;
            }),
        );
    } finally {
        rmSync(folder, { recursive: true });
    }
}

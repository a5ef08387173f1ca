import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";

const FOLDER = ".github/workflows";

interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
}
interface Job {
    readonly uses?: string;
    readonly steps?: readonly Step[];
    readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
    readonly with?: { readonly stack: string };
    readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
    readonly permissions?: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
}

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Readonly<Record<string, string>> };

/** Commands of npm that need no script. */
const OWN = new Set(["ci", "test"]);

for (const file of readdirSync(FOLDER)) {
    const text = readFileSync(`${FOLDER}/${file}`, "utf8");
    const workflow = parse(text) as Workflow;
    const jobs = Object.values(workflow.jobs);
    const steps = jobs.flatMap((job) => (job.steps ?? []).map((step) => ({ job, step })));

    describe(`workflow ${file}`, () => {
        it("may read the repository and no more, unless a job says so", () => {
            expect(workflow.permissions).to.have.property("contents", "read");
        });

        it("takes actions by commit, and workflows that are there", () => {
            for (const { step } of steps) if (step.uses !== undefined) expect(step.uses).to.match(/@[0-9a-f]{40}$/);
            for (const { uses } of jobs) if (uses !== undefined) expect(existsSync(uses), uses).to.equal(true);
        });

        it("runs npm's commands alone, with scripts that are there", () => {
            for (const { run } of steps.map(({ step }) => step)) {
                if (run === undefined) continue;
                const [, command = "", script = ""] = /^npm (\S+)(?: (\S+))?/.exec(run) ?? [];
                if (command === "run") expect(scripts, run).to.have.property(script);
                else expect(OWN.has(command) || run.startsWith("npm exec -- pulumi "), run).to.equal(true);
            }
        });

        it("names stacks that are there", () => {
            const named = jobs.flatMap((job) => [
                ...(job.strategy?.matrix.stack ?? []),
                ...(job.with ? [job.with.stack] : []),
            ]);
            for (const stack of named) expect(existsSync(`Pulumi.${stack}.yaml`), stack).to.equal(true);
        });

        it("tells the policy pack which environment it reviews", () => {
            for (const { job, step } of steps)
                if (step.run?.includes("--policy-pack") === true)
                    expect({ ...job.env, ...step.env }, step.run).to.have.property("POLICY_ENVIRONMENT");
        });

        it("puts nothing that somebody else may write into a command", () => {
            for (const { step } of steps) expect(step.run ?? "").to.not.include("${{");
        });
    });
}

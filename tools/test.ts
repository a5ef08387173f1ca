import { report } from "../local/command.ts";
import { root } from "../local/project.ts";
import { inTurn } from "./in-turn.ts";
import { type Counts, runSuite } from "./run-suite.ts";
import { SUITES } from "./suites.ts";

// npm test, and npm run test:NAME for the other suites: runs every one whatever the others say, and closes with the sum

async function test(name = "everywhere"): Promise<void> {
    process.chdir(root);
    const lanesOf = SUITES[name];
    if (lanesOf === undefined)
        throw new Error(`there are no suites "${name}"; accepted: ${Object.keys(SUITES).join(", ")}`);
    const lanes = await lanesOf();
    const nextOutput = inTurn(process.stdout);
    const runs = lanes.map((lane) => lane.map((suite) => ({ suite, output: nextOutput() })));
    const counts: Counts[] = [];
    await Promise.all(
        runs.map(async (lane) => {
            for (const { suite, output } of lane) counts.push(await runSuite(suite, output));
        }),
    );
    const sum = (what: keyof Counts): number => counts.reduce((total, count) => total + count[what], 0);
    console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
    process.exitCode = sum("failed") === 0 ? 0 : 1;
}

await test(process.argv[2]).catch(report);

import { report } from "../local/command.ts";
import { root } from "../local/project.ts";
import { runSuite } from "./run-suite.ts";
import { SUITES } from "./suites.ts";

// npm test, npm run test:engine, npm run test:triton, npm run test:docker: runs every suite whatever the others say, and closes with the sum

async function test(name = "everywhere"): Promise<void> {
    process.chdir(root);
    const suites = SUITES[name];
    if (suites === undefined)
        throw new Error(`there are no suites "${name}"; accepted: ${Object.keys(SUITES).join(", ")}`);
    let passed = 0;
    let failed = 0;
    for (const suite of await suites()) {
        const counts = await runSuite(suite);
        passed += counts.passed;
        failed += counts.failed;
    }
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
}

await test(process.argv[2]).catch(report);

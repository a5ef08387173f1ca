import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { inTurn } from "../../tools/in-turn.ts";
import { runSuite, type Suite } from "../../tools/run-suite.ts";

describe("runSuite", () => {
    /** A suite that prints a line. */
    const printing = (line: string, code = 0, runner?: Suite["runner"]): Suite => ({
        name: "demo",
        ...(runner !== undefined && { runner }),
        prepare: () => ({
            command: [
                process.execPath,
                "-e",
                "console.log(process.argv[1]); process.exitCode = +process.argv[2]",
                line,
                `${code}`,
            ],
        }),
    });
    const run = async (suite: Suite) => {
        const shown = new PassThrough();
        const [counts, printed] = await Promise.all([runSuite(suite, shown), text(shown)]);
        return { ...counts, printed };
    };

    it("counts what the runner counts, and shows what it prints", async () => {
        const { printed, ...counts } = await run(printing("3 failed, 12 passed, 1 error in 2 s", 1, "pytest"));
        expect(counts).to.deep.equal({ passed: 12, failed: 4 });
        expect(printed).to.match(
            /^\n── demo: node -e .*\n3 failed, 12 passed, 1 error in 2 s\n── demo: FAILED in \d+\.\d s\n$/s,
        );
        expect(await run(printing("  7 passing (2s)", 0, "mocha"))).to.include({ passed: 7, failed: 0 });
    });

    it("counts a command without a runner as one", async () => {
        expect(await run(printing("fine"))).to.include({ passed: 1, failed: 0 });
        expect(await run(printing("not fine", 2))).to.include({ passed: 0, failed: 1 });
    });

    it("counts a failure where the runner fails unsaid, runs nothing, or could not be prepared", async () => {
        expect(await run(printing("5 passing", 1, "mocha"))).to.include({ passed: 5, failed: 1 });
        expect(await run(printing("0 passing", 0, "mocha"))).to.include({ passed: 0, failed: 1 });
        const unprepared = await run({ name: "demo", prepare: () => Promise.reject(new Error("no such package")) });
        expect(unprepared).to.include({ passed: 0, failed: 1 });
        expect(unprepared.printed).to.match(/no such package\n── demo: FAILED/);
    });
});

describe("inTurn", () => {
    it("shows one stream after another, whatever the order they are written and ended in", async () => {
        const shown = new PassThrough({ encoding: "utf8" });
        const next = inTurn(shown);
        const [first, second, third] = [next(), next(), next()];
        const seen = () => (shown.read() as string | null) ?? "";
        third.end("third\n");
        second.write("second ");
        first.write("first ");
        expect(seen()).to.equal("first ");
        first.end("ends\n");
        await new Promise(setImmediate);
        expect(seen()).to.equal("ends\nsecond ");
        second.end("ends\n");
        await new Promise(setImmediate);
        expect(seen()).to.equal("ends\nthird\n");
    });
});

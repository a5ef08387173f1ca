import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import type { TransformSummary } from "../../local/transform/summary.ts";
import { descendants, running } from "../../tools/local-host.ts";

const { instances } = JSON.parse(readFileSync("examples/tabular.json", "utf8")) as { instances: object[] };

/** Penguins, one a line, as many as wanted. */
const penguins = (count: number): string =>
    Array.from({ length: count }, (_, index) => `${JSON.stringify(instances[index % instances.length])}\n`).join("");

describe("npm run transform", function () {
    this.timeout(300_000); // the first run installs packages and trains the sample models

    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "transform-"));
        mkdirSync(join(folder, "in"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });
    const args = (...more: readonly string[]) => [
        ...[
            "local/transform.ts",
            "--stack",
            "pipeline",
            "--input",
            join(folder, "in"),
            "--output",
            join(folder, "in-scored"),
        ],
        ...more,
    ];
    const transform = (...more: readonly string[]) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, args(...more), { encoding: "utf8" });
        return { status, stdout, stderr };
    };
    const summary = (stdout: string) => JSON.parse(stdout) as TransformSummary;
    const labels = (file: string): string[] =>
        readFileSync(join(folder, "in-scored", file), "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => (JSON.parse(line) as { label: string }).label);

    it("runs the three containers of stack pipeline over files, names the records that failed, and exits with 1", () => {
        writeFileSync(join(folder, "in", "good.jsonl"), penguins(100));
        const dodo = JSON.stringify({ ...instances[0], species: "Dodo" });
        writeFileSync(join(folder, "in", "bad.jsonl"), `${penguins(6)}${dodo}\n${penguins(3)}`);
        const failed = transform("--json");
        expect(failed.status).to.equal(1);
        expect(summary(failed.stdout).records).to.deep.equal({ answered: 109, before: 0, failed: 1 });
        expect(failed.stderr).to.match(/^bad\.jsonl:7: Received client error \(400\) from preprocess .*Dodo/m);
        expect(readFileSync(join(folder, "in-scored", "failures.jsonl"), "utf8")).to.contain(
            '"file":"bad.jsonl","line":7',
        );
        expect(labels("good.jsonl.out")).to.have.length(100).and.to.include.members(["male", "female"]);

        writeFileSync(join(folder, "in", "bad.jsonl"), penguins(10));
        const mended = transform();
        expect(mended.status, mended.stderr).to.equal(0);
        expect(mended.stdout).to.contain("files    2 of 2 complete, 1 of them before");
        expect(mended.stdout).to.match(/^ContainerLatency +batch +predict +1 /m);
        expect(labels("bad.jsonl.out")).to.deep.equal(labels("good.jsonl.out").slice(0, 10));
        expect(existsSync(join(folder, "in-scored", "failures.jsonl"))).to.equal(false);

        const again = transform("--json");
        expect(again.stderr).not.to.contain("starting the containers");
        expect(summary(again.stdout).records).to.deep.equal({ answered: 110, before: 110, failed: 0 });
    });

    it("loses nothing when it is killed, leaves no process behind, and then does only what is missing", async () => {
        writeFileSync(join(folder, "in", "many.jsonl"), penguins(2000));
        const single = ["--strategy", "single-record"];
        const child = spawn(process.execPath, args(...single), { stdio: "ignore" });
        const ended = new Promise((resolve) => child.once("close", resolve));
        const files = join(folder, "in-scored", ".transform", "files");
        const journal = () =>
            spawnSync("sh", ["-c", `cat ${files}/*.journal`], { encoding: "utf8" }).stdout.split("\n");
        while (journal().length < 20) await setTimeout(50);
        const pids = descendants(child.pid ?? 0);
        child.kill("SIGKILL");
        await ended;
        while (running(pids).length > 0) await setTimeout(50);

        const { status, stdout } = transform(...single, "--json");
        expect(status).to.equal(0);
        const { records } = summary(stdout);
        expect(records.answered).to.equal(2000);
        expect(records.before).to.be.within(18, 1999);
        expect(labels("many.jsonl.out").slice(0, 6)).to.deep.equal(labels("many.jsonl.out").slice(6, 12));
    });

    it("stops on SIGINT with exit code 130, and says how to go on", async () => {
        writeFileSync(join(folder, "in", "many.jsonl"), penguins(20_000));
        const child = spawn(process.execPath, args("--strategy", "single-record"), {
            stdio: ["ignore", "ignore", "pipe"],
        });
        let said = "";
        child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
        const ended = new Promise((resolve) => child.once("close", resolve));
        while (!said.includes("starting the containers: done")) await setTimeout(50);
        const pids = descendants(child.pid ?? 0);
        child.kill("SIGINT");
        expect(await ended).to.equal(130);
        expect(said).to.contain("stopped on SIGINT: what was answered is kept, the same command goes on with the rest");
        expect(running(pids)).to.deep.equal([]);
    });

    it("says what an option takes, and what is missing", () => {
        expect(transform("--split", "word").stderr).to.contain("Allowed choices are none, line");
        expect(transform("--concurrency", "0").stderr).to.contain("accepted: a whole number from 1 to 100");
        expect(transform().stderr).to.contain("holds no files");
        const { status, stderr } = spawnSync(process.execPath, ["local/transform.ts"], { encoding: "utf8" });
        expect(stderr).to.contain("required option '-i, --input <folder>' not specified");
        expect(status).to.equal(1);
    });
});

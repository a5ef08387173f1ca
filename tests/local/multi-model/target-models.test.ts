import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { until } from "../../support/until.ts";
import { errorOf } from "../gateway/support/invoke.ts";
import { ModelsStage, PREFIX } from "./models-stage.ts";

const MIB = 1024 ** 2;

describe("a multi-model container on this machine", function () {
    this.timeout(120_000); // the first run installs the server's packages

    let stage: ModelsStage;
    beforeEach(() => {
        stage = new ModelsStage();
    });
    afterEach(() => stage.stop());

    const loads = () => readFileSync(stage.at("loads"), "utf8").trimEnd().split("\n");

    it("loads a model when it is first asked for, and once for all who ask", async () => {
        for (const path of ["lisbon", "europe/west/porto"]) stage.write(path);
        await stage.start();
        expect(stage.onVolume).to.deep.equal([]);
        const asked = ["lisbon", "europe/west/porto", "lisbon", "lisbon", "europe/west/porto"];
        const together = await Promise.all(asked.map((path) => stage.invoke(`${path}.tar.gz`)));
        expect(together.map(({ text }) => text)).to.deep.equal(asked);
        expect(await stage.answers("lisbon", "europe/west/porto")).to.deep.equal(["lisbon", "europe/west/porto"]);
        expect(loads().toSorted()).to.deep.equal(["europe/west/porto", "lisbon"]);
        expect(await stage.metric("ModelCacheHit")).to.deep.include({ count: 7, level: 2 / 7 });
        expect(await stage.metric("LoadedModelCount")).to.include({ level: 2, container: undefined });
        for (const time of ["ModelDownloadingTime", "ModelLoadingTime"])
            expect((await stage.metric(time))?.count, time).to.equal(2);
        expect((await stage.metric("ModelLoadingWaitTime"))?.count).to.equal(5);
        expect((await stage.metric("MemoryUtilization"))?.level).to.be.within(0.01, 100);
    });

    it("serves what is uploaded while it runs; a model that changed, once the old one is gone", async () => {
        stage.write("old", { name: "first", mib: "0" });
        await stage.start({ volume: 20 });
        expect(await stage.answers("new")).to.match(/There is no object under that key/);
        stage.write("new", { name: "new", filling: "x".repeat(10) });
        rmSync(stage.at("models", "old"), { recursive: true });
        expect(await stage.answers("new")).to.deep.equal(["new"]);
        stage.write("old", { name: "second" });
        expect(await stage.answers("old", "new", "old")).to.deep.equal(["second", "new", "second"]);
        rmSync(stage.at("models", "old"), { recursive: true });
        stage.write("old", { name: "third" });
        expect(await stage.answers("old")).to.deep.equal(["second"]);
    });

    // three models and what the server itself takes fit, four do not
    for (const { server, mib, memory } of [
        { server: "step-server", mib: "100", memory: 390 },
        { server: "multi-model-server", mib: "300", memory: 1460 },
    ] as const) {
        it(`unloads the least recently used model where the ${server} has no memory for another`, async () => {
            for (const path of ["a", "b", "c", "d"]) stage.write(path, { name: path, mib });
            await stage.start({ server, memory: memory * MIB, environment: { SERVING_MEMORY_BUDGET: "100%" } });
            expect(await stage.answers("a", "b", "a")).to.deep.equal(["a", "b", "a"]);
            const before = (await stage.metric("LoadedModelCount"))?.level;
            expect(await stage.answers("c", "d")).to.deep.equal(["c", "d"]);
            expect(before).to.equal(2);
            expect((await stage.metric("ModelUnloadingTime"))?.count).to.be.within(1, 2);
            expect(await stage.answers("d", "b")).to.deep.equal(["d", "b"]);
            expect((await stage.metric("ModelDownloadingTime"))?.count).to.equal(4); // unloaded models stay on the volume
            const often = (path: string) => loads().filter((name) => name === path).length;
            expect([often("a"), often("c")]).to.deep.equal([1, 1]);
            expect(often("b")).to.be.within(2, server === "step-server" ? 2 : 4); // its processes end after its answer
        });
    }

    it("answers all who ask at once for more models than fit", async () => {
        const paths = ["a", "b", "c", "d", "e"];
        for (const path of paths) stage.write(path, { name: path, mib: "150" });
        await stage.start({ memory: 300 * MIB, environment: { SERVING_MEMORY_BUDGET: "100%" } });
        const asked = [...paths, ...paths];
        const answers = await Promise.all(asked.map((path) => stage.invoke(`${path}.tar.gz`)));
        expect(answers.map(({ text }) => text)).to.deep.equal(asked);
    });

    it("waits for a model in use where no other can be unloaded, and refuses one that never fits", async () => {
        for (const path of ["a", "b"]) stage.write(path, { name: path, mib: "150" });
        stage.write("huge", { name: "huge", mib: "600" });
        await stage.start({ memory: 300 * MIB, environment: { SERVING_MEMORY_BUDGET: "100%" } });
        await stage.answers("a");
        const [busy, next] = await Promise.all([stage.invoke("a.tar.gz", "wait"), stage.invoke("b.tar.gz")]);
        expect([busy.text, next.text]).to.deep.equal(["a", "b"]);
        const refused = errorOf(await stage.invoke("huge.tar.gz"));
        expect(refused).to.include({ status: 424, type: "ModelError", OriginalStatusCode: 507 });
        expect(refused.Message).to.match(/from predict with message ".*no memory.*it took 6\d\d\.\d MiB/);
        expect(await stage.answers("b")).to.deep.equal(["b"]);
        expect(stage.onVolume).to.have.length(2);
    });

    it("deletes models from a full volume, and refuses one that is larger", async () => {
        for (const path of ["a", "b", "c"]) stage.write(path, { name: path, filling: "x".repeat(999) });
        stage.write("large", { name: "large", filling: "x".repeat(5000) });
        await stage.start({ volume: 2500 });
        await stage.answers("a", "b");
        expect((await stage.metric("DiskUtilization"))?.level).to.equal(80);
        expect(await stage.answers("c", "b", "a")).to.deep.equal(["c", "b", "a"]);
        expect(loads()).to.deep.equal(["a", "b", "c", "a"]);
        expect(stage.onVolume).to.have.length(2);
        const refused = errorOf(await stage.invoke("large.tar.gz"));
        expect(refused).to.include({ status: 424, OriginalStatusCode: 507 });
        expect(refused.Message).to.include("Model large.tar.gz takes 5005 bytes once unpacked; the volume has 2500");
    });

    it("unloads and deletes each model after its invocation where the cache is disabled", async () => {
        for (const path of ["a", "b"]) stage.write(path);
        await stage.start({ cache: false });
        const answers = await Promise.all(["a", "b", "a"].map((path) => stage.invoke(`${path}.tar.gz`)));
        expect(answers.map(({ text }) => text)).to.deep.equal(["a", "b", "a"]);
        await until(() => stage.onVolume.length === 0);
        expect((await stage.metric("LoadedModelCount"))?.level).to.equal(0);
        await stage.answers("a");
        expect(loads().filter((name) => name === "a")).to.have.length(2);
    });

    it("loads models again in a container that was started anew", async () => {
        for (const path of ["a", "b"]) stage.write(path);
        await stage.start();
        await stage.answers("a", "b");
        expect(errorOf(await stage.invoke("a.tar.gz", "crash"))).to.include({ status: 424, OriginalStatusCode: 0 });
        await until(async () => (await stage.invoke("b.tar.gz")).status === 200);
        expect(await stage.answers("a", "b")).to.deep.equal(["a", "b"]);
        expect(loads()).to.have.length(4);
        expect((await stage.metric("ModelDownloadingTime"))?.count).to.equal(2);
    });

    it("loads a model again that the container has lost, and passes on a 404 of its handler", async () => {
        stage.write("a");
        await stage.start();
        await stage.answers("a");
        const { models } = (await (await fetch(`${stage.origin}/models`)).json()) as {
            models: { modelName: string }[];
        };
        await fetch(`${stage.origin}/models/${models[0]?.modelName ?? ""}`, { method: "DELETE" });
        expect(await stage.answers("a")).to.deep.equal(["a"]);
        const refused = errorOf(await stage.invoke("a.tar.gz", "not mine"));
        expect(refused).to.include({ status: 424, OriginalStatusCode: 404 });
        expect(loads()).to.have.length(2);
    });

    it("says why a model cannot be loaded, and keeps nothing of it", async () => {
        stage.write("nameless", { other: "" });
        mkdirSync(stage.at("models"), { recursive: true });
        writeFileSync(stage.at("models", "text.tar.gz"), "no archive");
        mkdirSync(stage.at("evil"));
        writeFileSync(stage.at("evil", "name"), "evil");
        execFileSync("tar", ["czPf", stage.at("models", "absolute.tar.gz"), stage.at("evil", "name")]);
        execFileSync("ln", ["-s", "/etc/passwd", stage.at("evil", "link")]);
        execFileSync("tar", ["czf", stage.at("models", "link.tar.gz"), "-C", stage.at("evil"), "."]);
        await stage.start();
        const messages: Record<string, RegExp> = {
            "nameless.tar.gz": /^424 ModelError Received server error \(500\) from predict .*FileNotFoundError/,
            "text.tar.gz": /^400 ValidationError Failed to unpack model data \(s3:.*text\.tar\.gz\): .*not gzip/,
            "absolute.tar.gz": /^400 ValidationError .*is an absolute path/,
            "link.tar.gz": /^400 ValidationError .*link "\.?\/?link" leads out of the archive, to "\/etc\/passwd"/,
            "unknown.tar.gz": new RegExp(`^400 ValidationError .*\\(${PREFIX}unknown.tar.gz\\)`),
            nameless: /^400 ValidationError .*no object under that key/,
            "../evil.tar.gz": /^400 ValidationError .*segment "\.\."/,
            "/lisbon.tar.gz": /^400 ValidationError .*begins with \//,
            ["x".repeat(1025)]: /^400 ValidationError .*it has 1025 characters; at most 1024/,
        };
        for (const [target, pattern] of Object.entries(messages)) {
            const { status, type, Message } = errorOf(await stage.invoke(target));
            expect(`${status} ${String(type)} ${Message}`, target).to.match(pattern);
        }
        expect(stage.onVolume).to.deep.equal([]);
        expect(await stage.metric("LoadedModelCount")).to.include({ level: 0 });
        stage.folder.write("models/nameless/name", "better");
        expect(await stage.answers("nameless")).to.deep.equal(["better"]);
    });
});

import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { processLauncher } from "../../../local/launcher/process-launcher.ts";
import { SupervisedContainer } from "../../../local/launcher/supervised-container.ts";
import { environments, prepareStack } from "../../../local/project.ts";
import { repositoryFiles } from "../../../plans/triton/repository.ts";
import { builtContainer, quietProgress } from "../../support/endpoint-on-disk.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { type Answer, tensors, TritonServer } from "./support/triton-server.ts";

const STEPS = ["quality", "recognition", "topics"];
const project = process.cwd();

interface Scan {
    readonly name: string;
    readonly image: string;
}

/** What the topics container says of a scan. */
interface Grouped {
    readonly name: string;
    readonly theme: string;
    readonly weights: Readonly<Record<string, number>>;
    readonly words: readonly string[];
    readonly text: string;
    readonly quality: Readonly<Record<string, number>>;
    readonly lines: readonly { readonly text: string }[];
}

/** A tensor's values of one scan in a batch. */
function rowOf(answer: Answer, name: string, row: number): unknown[] {
    const tensor = tensors(answer)[name];
    const length = (tensor?.shape ?? []).slice(1).reduce((product, size) => product * size, 1);
    return tensor?.data.slice(row * length, (row + 1) * length) ?? [];
}

describe("the scans in one Triton", function () {
    this.timeout(300_000); // the first run installs packages and trains the sample models

    const { scans } = JSON.parse(readFileSync("examples/scans.json", "utf8")) as { scans: readonly Scan[] };
    const batch = scans.filter(({ name }) => /small|focus/.test(name)); // one that is improved, and one that is refused
    let folder: ProjectFolder;
    let triton: TritonServer;
    let containers: readonly SupervisedContainer[];

    before(async () => {
        const progress = quietProgress();
        const { python } = await prepareStack("ensemble", progress);
        const { settings } = await prepareStack("triton", progress);
        const ensemble = settings.steps[0].triton;
        if (ensemble === undefined) throw new Error("stack triton describes no ensemble");
        folder = projectFolder({});
        for (const [file, content] of Object.entries(repositoryFiles(ensemble)))
            folder.write(`triton/model/${file}`, content);
        cpSync(join(project, "models/scans/triton/artifact"), join(folder.path, "triton/model"), { recursive: true });
        triton = new TritonServer(join(folder.path, "triton"), { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "scans" });
        containers = STEPS.map((step) => {
            const baseFolder = join(folder.path, step);
            cpSync(join(project, "models/scans", step, "artifact"), join(baseFolder, "model"), { recursive: true });
            const container = builtContainer(join(project, "containers"), step);
            const launcher = processLauncher({ container, baseFolder, python, cache: environments, progress });
            return new SupervisedContainer({
                hostname: step,
                launcher: async () => (await launcher)(),
                python: python.executable,
                startupTimeoutSeconds: 60,
                progress,
            });
        });
        await Promise.all([triton.container, ...containers].map((container) => container.start()));
    });
    after(async () => {
        await Promise.all([triton.container, ...containers].map((container) => container.stop()));
        folder.remove();
    });

    /** What the three containers make of the batch, one after another. */
    async function inLine(): Promise<{ scans: Grouped[]; refused: { name: string; reason: string }[] }> {
        let body = JSON.stringify({ scans: batch });
        for (const { origin } of containers) {
            const headers = { "Content-Type": "application/json", Accept: "application/json" };
            body = await (await fetch(`${origin}/invocations`, { method: "POST", headers, body })).text();
        }
        return JSON.parse(body) as Awaited<ReturnType<typeof inLine>>;
    }
    const image = (data: readonly string[]) => ({ name: "IMAGE", datatype: "BYTES", shape: [data.length, 1], data });

    it("are read and grouped as by the three containers", async () => {
        const expected = await inLine();
        expect([expected.scans.length, expected.refused.length]).to.deep.equal([1, 1]);
        const answer = await triton.invoke([image(batch.map((scan) => scan.image))]);
        expect(answer.status, answer.body.toString()).to.equal(200);
        for (const [row, { name }] of batch.entries()) {
            const of = (tensor: string) => rowOf(answer, tensor, row);
            const refusal = expected.refused.find((scan) => scan.name === name);
            expect(of("REFUSED")).to.deep.equal([refusal?.reason ?? ""]);
            const scan = expected.scans.find((grouped) => grouped.name === name);
            expect([of("THEME"), of("TEXT")]).to.deep.equal([[scan?.theme ?? ""], [scan?.text ?? ""]]);
            if (scan === undefined) continue;
            expect(of("WEIGHT")[0]).to.be.closeTo(scan.weights[scan.theme] ?? 0, 1e-3);
            expect(of("WORDS")).to.deep.equal(scan.words);
            const lines = scan.lines.map(({ text }) => text);
            expect(of("LINES").slice(0, lines.length)).to.deep.equal(lines);
            for (const [place, value] of Object.values(scan.quality).entries())
                expect(of("FIGURES")[place]).to.be.closeTo(value, 1e-3);
        }
    });

    it("take an image's own bytes, too", async () => {
        const file = Buffer.from(batch[0]?.image ?? "", "base64");
        const data = Buffer.concat([Buffer.alloc(4), file]);
        data.writeUInt32LE(file.length);
        const parameters = { binary_data_size: data.length };
        const header = JSON.stringify({ inputs: [{ name: "IMAGE", datatype: "BYTES", shape: [1, 1], parameters }] });
        const type = `application/vnd.sagemaker-triton.binary+json;json-header-size=${header.length}`;
        const body = Buffer.concat([Buffer.from(header), data]);
        const answer = await triton.send("POST", "/invocations", body, type);
        expect(rowOf(answer, "THEME", 0)).to.deep.equal(["recipes"]);
    });

    it("are refused together where one is no image, and each that is none is named", async () => {
        const answer = await triton.invoke([image(["no image", batch[0]?.image ?? "", "bm8gaW1hZ2U="])]);
        expect(answer.status).to.equal(400);
        const { error } = JSON.parse(answer.body.toString()) as { error: string };
        const reason = "of IMAGE cannot be used: it is not a readable PNG or JPEG: its format is neither";
        expect(error).to.equal(`in ensemble 'scans', scan 1 ${reason}; scan 3 ${reason}`);
    });
});

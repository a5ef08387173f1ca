import { execFile } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Row } from "../benchmark.ts";
import type { DescribedSteps } from "../describe-steps.ts";
import { binaryRequest, type Body, type Given, jsonRequest } from "./kserve.ts";
import { type Contender, measure, ratio, rowsOf } from "./rounds.ts";
import { type Recognition, scansEnsemble } from "./scans-ensemble.ts";
import { modelPython, type Servers, type Step, withServers } from "./servers.ts";

const run = promisify(execFile);
const SCAN = "recipe-small-and-noisy.png";
/** A page takes a second of a core, so a round has as many requests as clients, and many clients have few rounds. */
const LOADS = [
    { clients: 1, requests: 1, rounds: 5, warmUp: 1 },
    { clients: 8, requests: 8, rounds: 2, warmUp: 0 },
    { clients: 16, requests: 16, rounds: 1, warmUp: 0 },
];
const RECOGNITIONS: Readonly<Record<string, Recognition>> = {
    "one by one": {},
    "batches, preferred 8, delay 100 ms": {
        dynamicBatching: { preferredBatchSize: [8], maxQueueDelayMicroseconds: 100_000 },
    },
    "two instances": { instances: 2 },
};

/** The page, as a file. */
function readScan(): Buffer {
    const { scans } = JSON.parse(readFileSync("examples/scans.json", "utf8")) as {
        scans: readonly { readonly name: string; readonly image: string }[];
    };
    return Buffer.from(scans.find(({ name }) => name === SCAN)?.image ?? "", "base64");
}

/** A file as Triton's IMAGE. */
function imageTensor(file: Buffer): Given {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(file.length);
    const [data, bytes] = [[file.toString("base64")], Buffer.concat([length, file])];
    return { name: "IMAGE", datatype: "BYTES", shape: [1, 1], data, bytes };
}

/** The containers of stack `ensemble`, with their models unpacked. */
async function describe(folder: string): Promise<DescribedSteps> {
    const { stdout } = await run(process.execPath, ["bench/describe-steps.ts", "ensemble", folder]);
    return JSON.parse(stdout) as DescribedSteps;
}

const stepsIn = ({ file }: DescribedSteps): readonly Step[] =>
    (JSON.parse(readFileSync(file, "utf8")) as { readonly steps: readonly Step[] }).steps;

/** Starts Triton with the scans' models; those that train.py assembled are copied. */
async function startScans(servers: Servers, assembled: string, base: string, how: Recognition = {}) {
    cpSync(assembled, join(base, "model"), { recursive: true });
    return servers.triton(await scansEnsemble(how), base);
}

async function measureLine(described: DescribedSteps, assembled: string, folder: string) {
    return withServers(async (servers) => {
        const file = readScan();
        const image = { body: file, contentType: "image/png" };
        const steps = stepsIn(described);
        const triton = await servers.gateway(await startScans(servers, assembled, join(folder, "scans")));
        const containers = [];
        for (const step of steps) containers.push(await servers.step(described.python, step));
        const environment = { STEPS: described.file, SAGEMAKER_PROGRAM: "in_line.py" };
        const inLine = { folder: join(import.meta.dirname, "in_line"), base: join(folder, "in-line"), environment };
        const contender = (name: string, address: Awaited<ReturnType<Servers["gateway"]>>, body: Body): Contender => ({
            name,
            ...address,
            ...body,
        });
        const contenders = [
            contender("ensemble", triton, binaryRequest(imageTensor(file))),
            contender("three containers", await servers.gateway(...containers), image),
            contender("one container", await servers.gateway(await servers.step(described.python, inLine)), image),
        ];
        const json = contender("ensemble, JSON", triton, jsonRequest(imageTensor(file)));
        const rows: Row[] = [];
        const ratios: Row[] = [];
        for (const load of LOADS) {
            const figures = await measure(load.clients === 1 ? [...contenders, json] : contenders, load);
            rows.push(...rowsOf("scans", load.clients, figures));
            ratios.push({
                "p50 of": "scans",
                clients: load.clients,
                "ensemble ÷ one container": ratio(figures, "p50", "ensemble", "one container"),
                "ensemble ÷ three containers": ratio(figures, "p50", "ensemble", "three containers"),
            });
        }
        return { rows, ratios };
    });
}

async function measureRecognition(assembled: string, folder: string) {
    return withServers(async (servers) => {
        const body = binaryRequest(imageTensor(readScan()));
        const contenders: Contender[] = [];
        for (const [place, [name, how]] of Object.entries(RECOGNITIONS).entries()) {
            const base = join(folder, `recognition-${place}`);
            contenders.push({ name, ...(await startScans(servers, assembled, base, how)), ...body });
        }
        const clients = 8;
        const figures = await measure(contenders, { clients, requests: clients, rounds: 2, warmUp: 2 });
        const names = Object.keys(RECOGNITIONS);
        const [plain = ""] = names;
        const ratios = Object.fromEntries(
            names.slice(1).map((name) => [`${name} ÷ ${plain}`, ratio(figures, "rps", name, plain)]),
        );
        return {
            rows: rowsOf("scans, recognition", clients, figures),
            ratios: [{ "requests / s of": "scans, recognition", clients, ...ratios }],
        };
    });
}

/** The scans' models in Triton, in three containers and in one process, and what batches give recognition. */
export async function measureScans(folder: string) {
    const described = await describe(folder);
    const assembled = join(folder, "assembled");
    await run(await modelPython(), ["models/scans/triton/train.py", assembled]);
    return {
        python: described.python,
        line: await measureLine(described, assembled, folder),
        recognition: await measureRecognition(assembled, folder),
    };
}

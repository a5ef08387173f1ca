import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "../benchmark.ts";
import { binaryRequest, type Body, type Given, jsonRequest } from "./kserve.ts";
import { median } from "../statistics.ts";
import { type Contender, type Figures, measure, ratio, rowsOf } from "./rounds.ts";
import { type Address, type Servers, withServers } from "./servers.ts";
import { AFFINE_WIDTH, affineModel, copyModels, inLine } from "./small-models.ts";

const FOLDER = join(import.meta.dirname, "affine");
const THREE = "three containers behind gateway";
const CLIENTS = [1, 8, 16] as const;
const ROUNDS = 7;

const values = Array.from({ length: AFFINE_WIDTH }, (_, index) => index / AFFINE_WIDTH);
const bytes = Buffer.from(Float32Array.from(values).buffer);
const given: Given = { name: "X", datatype: "FP32", shape: [1, AFFINE_WIDTH], data: values, bytes };

interface Form {
    readonly triton: Body;
    readonly step: Body & { readonly accept: string };
}

const step = (contentType: string, body: Buffer) => ({ body, contentType, accept: contentType });

const FORMS: Readonly<Record<string, Form>> = {
    JSON: {
        triton: jsonRequest(given),
        step: step("application/json", Buffer.from(JSON.stringify({ instances: [values] }))),
    },
    binary: { triton: binaryRequest(given), step: step("application/octet-stream", bytes) },
};

/** Every server with the three models, and how it is reached. */
async function startAll(servers: Servers, python: string, folder: string) {
    const triton = async (name: string, times: readonly number[], oneProcess = false): Promise<Address> => {
        const models = times.map((count, place) => affineModel(`step-${place + 1}`, count));
        const ensemble = { ...inLine(name, models), oneProcess };
        copyModels("affine", join(folder, name), ensemble);
        return servers.triton(ensemble, join(folder, name));
    };
    const base = join(folder, "base");
    mkdirSync(base, { recursive: true });
    const container = (times: number) =>
        servers.step(python, { folder: FOLDER, base, environment: { TIMES: String(times) } });
    const ensemble = await triton("ensemble", [1, 1, 1]);
    const oneProcess = await triton("one-process", [1, 1, 1], true);
    return {
        triton: {
            ensemble,
            "ensemble in one process": oneProcess,
            "one model": await triton("one-model", [3]),
            "ensemble behind gateway": await servers.gateway(ensemble),
            "ensemble in one process behind gateway": await servers.gateway(oneProcess),
        },
        step: {
            "one container": await container(3),
            [THREE]: await servers.gateway(await container(1), await container(1), await container(1)),
        },
    };
}

const named = (addresses: Readonly<Record<string, Address>>, body: Body): Contender[] =>
    Object.entries(addresses).map(([name, address]) => ({ name, ...address, ...body }));

/** Milliseconds that a step of its own adds, whatever its model does. */
function stepMore(figures: ReadonlyMap<string, Figures>): number {
    const p50 = (name: string) => figures.get(name)?.p50 ?? [];
    const one = p50("one model");
    return median(p50("ensemble").map((value, round) => (value - (one[round] ?? Number.NaN)) / 2));
}

/** Three models of next to no work, so that what is around them is what is measured. */
export function measureSmallTensors(python: string, folder: string): Promise<{ rows: Row[]; ratios: Row[] }> {
    return withServers(async (servers) => {
        const addresses = await startAll(servers, python, folder);
        const rows: Row[] = [];
        const ratios: Row[] = [];
        for (const [name, form] of Object.entries(FORMS)) {
            const contenders = [...named(addresses.triton, form.triton), ...named(addresses.step, form.step)];
            for (const clients of CLIENTS) {
                const load = { clients, requests: 200 + 40 * clients, rounds: ROUNDS, warmUp: 300 };
                const figures = await measure(contenders, load);
                rows.push(...rowsOf(`small tensors, ${name}`, clients, figures));
                const of = (over: string, under: string) => ratio(figures, "p50", over, under);
                ratios.push({
                    "p50 of": `small tensors, ${name}`,
                    clients,
                    "ensemble ÷ one model": of("ensemble", "one model"),
                    "in one process ÷ one model": of("ensemble in one process", "one model"),
                    "in one process ÷ one container": of("ensemble in one process", "one container"),
                    "ensemble ÷ three containers, both behind gateway": of("ensemble behind gateway", THREE),
                    "in one process ÷ three containers, both behind gateway": of(
                        "ensemble in one process behind gateway",
                        THREE,
                    ),
                    "a step more, ms": stepMore(figures),
                });
            }
        }
        return { rows, ratios };
    });
}

import { join } from "node:path";
import type { Row } from "../benchmark.ts";
import { type Given, jsonRequest } from "./kserve.ts";
import { measure, ratio, rowsOf } from "./rounds.ts";
import { withServers } from "./servers.ts";
import { copyModels, digitsModel, inLine, PIXELS } from "./small-models.ts";

const CASE = "digits";
const PLAIN = "one by one";
const WAITING = "batches, no delay";
const DELAYED = "batches, preferred 16, delay 1 ms";
const VARIANTS = {
    [PLAIN]: undefined,
    [WAITING]: {},
    [DELAYED]: { preferredBatchSize: [16], maxQueueDelayMicroseconds: 1000 },
};

const data = Array.from({ length: PIXELS }, (_, index) => index % 17);
const bytes = Buffer.from(Float32Array.from(data).buffer);
const given: Given = { name: "X", datatype: "FP32", shape: [1, PIXELS], data, bytes };

/** A small model with and without dynamic batching. */
export function measureBatching(folder: string): Promise<{ rows: Row[]; ratios: Row[] }> {
    return withServers(async (servers) => {
        const contenders = [];
        for (const [place, [name, batching]] of Object.entries(VARIANTS).entries()) {
            const ensemble = inLine(`batching-${place}`, [digitsModel("digits", batching)]);
            const base = join(folder, ensemble.name);
            copyModels("digits", base, ensemble);
            contenders.push({ name, ...(await servers.triton(ensemble, base)), ...jsonRequest(given) });
        }
        const rows: Row[] = [];
        const ratios: Row[] = [];
        for (const clients of [1, 8, 16]) {
            const figures = await measure(contenders, {
                clients,
                requests: 300 + 100 * clients,
                rounds: 7,
                warmUp: 500,
            });
            rows.push(...rowsOf(CASE, clients, figures));
            ratios.push({
                "requests / s of": CASE,
                clients,
                [`${WAITING} ÷ ${PLAIN}`]: ratio(figures, "rps", WAITING, PLAIN),
                [`${DELAYED} ÷ ${PLAIN}`]: ratio(figures, "rps", DELAYED, PLAIN),
            });
        }
        return { rows, ratios };
    });
}

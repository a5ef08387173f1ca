import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { random, zipf } from "../../../bench/multi-model/zipf.ts";
import { type ErrorBody } from "../gateway/support/invoke.ts";
import { ModelsStage } from "./models-stage.ts";

const MODELS = 500;
const REQUESTS = 10_000;
const CLIENTS = 16;
const KILLS = 6;
/** Bytes of a model's files: its name, and how much memory it takes. */
const NAME_BYTES = 9;
const SIZE = "0.4";
const BYTES = NAME_BYTES + SIZE.length;
/** Models that the volume holds; the memory holds fewer. */
const ON_VOLUME = 300;

/** Ends the process at once, if it is there. */
function kill(pid: number): boolean {
    try {
        return process.kill(pid, "SIGKILL");
    } catch {
        return false;
    }
}

const name = (rank: number): string => `model-${String(rank).padStart(NAME_BYTES - "model-".length, "0")}`;

describe("a multi-model container under load, killed again and again", function () {
    this.timeout(300_000);

    let stage: ModelsStage;
    before(() => {
        stage = new ModelsStage();
    });
    after(() => stage.stop());

    it("never answers with another model, and leaves nothing behind", async () => {
        for (let rank = 0; rank < MODELS; rank++) stage.write(name(rank), { name: name(rank), mib: SIZE });
        await stage.start({ memory: 160 * 1024 ** 2, volume: ON_VOLUME * BYTES });
        const waiting = zipf(MODELS, REQUESTS).map(name);
        const draw = random(11);
        const kills = Array.from({ length: KILLS }, () => Math.floor(draw() * REQUESTS)).toSorted((a, b) => a - b);
        const broken: string[] = [];
        let answered = 0;

        const client = async (): Promise<void> => {
            for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
                // one that is being started already is killed later
                if (waiting.length <= (kills.at(-1) ?? -1) && kill(stage.pid)) kills.pop();
                const answer = await stage.invoke(`${target}.tar.gz`);
                if (answer.status === 200) {
                    expect(answer.text).to.equal(target);
                    answered++;
                    continue;
                }
                const { OriginalStatusCode, Message } = JSON.parse(answer.text) as ErrorBody;
                expect([answer.status, OriginalStatusCode], Message).to.deep.equal([424, 0]); // the container was not there
                broken.push(Message);
                await setTimeout(50);
            }
        };
        await Promise.all(Array.from({ length: CLIENTS }, client));
        expect(kills).to.deep.equal([]);
        expect(answered + broken.length).to.equal(REQUESTS);

        const loaded = (await stage.metric("LoadedModelCount"))?.level ?? 0;
        const { models } = (await (await fetch(`${stage.origin}/models?limit=100`)).json()) as { models: unknown[] };
        expect(models.length).to.equal(Math.min(loaded, 100));
        expect(stage.onVolume.length).to.be.at.most(ON_VOLUME);
        expect((await stage.metric("MemoryUtilization"))?.level).to.be.below(100);
        await stage.stopServing();
        expect(readdirSync(stage.runs)).to.deep.equal([]);
        expect(kill(stage.pid)).to.equal(false);
    });
});

import type { Ensemble, EnsembleStep } from "../../../plans/triton/ensemble.ts";
import type { Model } from "../../../plans/triton/model.ts";
import type { Tensor } from "../../../plans/triton/tensor.ts";
import { PALETTE } from "./palette.ts";

/** Random choices that the same seed makes again. */
export class Random {
    #state: number;

    constructor(seed: number) {
        this.#state = seed;
    }

    /** A whole number from 0, below `limit`. */
    below(limit: number): number {
        // mulberry32
        this.#state = (this.#state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    }

    pick<Item>(items: readonly Item[]): Item {
        const item = items[this.below(items.length)];
        if (item === undefined) throw new Error("there is nothing to pick");
        return item;
    }

    chance(percent: number): boolean {
        return this.below(100) < percent;
    }

    shuffle<Item>(items: readonly Item[]): Item[] {
        return items
            .map((item) => ({ item, key: this.below(2 ** 30) }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
    }
}

interface Place {
    readonly name: string;
    /** Every end so far: a new one must suit all of them, whichever Triton meets first. */
    readonly ends: { readonly tensor: Tensor; readonly batched: boolean }[];
    /** The decoupled step that it comes from. */
    readonly origin: number | undefined;
    used: boolean;
}

const same = (a: readonly number[], b: readonly number[]) =>
    a.length === b.length && a.every((dim, index) => dim === -1 || b[index] === -1 || dim === b[index]);

const suits = ({ ends }: Place, tensor: Tensor, batched: boolean): boolean =>
    ends.every(
        (end) =>
            end.tensor.dataType === tensor.dataType &&
            (end.batched === batched
                ? same(end.tensor.dims, tensor.dims)
                : same(end.tensor.dims, tensor.dims) ||
                  same(
                      end.batched ? [-1, ...end.tensor.dims] : end.tensor.dims,
                      batched ? [-1, ...tensor.dims] : tensor.dims,
                  )),
    );

/** A random ensemble that Triton must take, by how it is made. */
export function randomEnsemble(seed: number, models: readonly Model[] = PALETTE): Ensemble {
    const random = new Random(seed);
    const maxBatchSize = random.pick([0, 0, 4, 8]);
    const usable = models.filter((model) => model.maxBatchSize === 0 || model.maxBatchSize >= maxBatchSize);
    const streamed = random.chance(25); // a decoupled step comes first, and all others feed on what it makes
    const places: Place[] = [];
    const inputs: Tensor[] = [];
    const steps: EnsembleStep[] = [];

    /** A tensor for a model's input: one that is there, else a new input of the ensemble. */
    const feed = (tensor: Tensor, batched: boolean, taken: readonly Place[]): Place | undefined => {
        const open = places.filter(
            (place) => (!streamed || steps.length === 0 || place.origin !== undefined) && suits(place, tensor, batched),
        );
        const fitting = open.filter((place) => !taken.includes(place) || random.chance(20));
        if (fitting.length > 0 && random.chance(75)) return random.pick(fitting);
        if (streamed && steps.length > 0) return fitting.length > 0 ? random.pick(fitting) : undefined;
        const dims = tensor.dims.map((dim) => (random.chance(30) ? -1 : dim));
        const input = { name: `in ${inputs.length}`, dataType: tensor.dataType, dims };
        inputs.push(input);
        const place: Place = {
            name: input.name,
            ends: [{ tensor: input, batched: maxBatchSize > 0 }],
            origin: undefined,
            used: false,
        };
        places.push(place);
        return place;
    };

    const wanted = 1 + random.below(7);
    for (let attempt = 0; attempt < wanted; attempt += 1) {
        const first = streamed && steps.length === 0;
        const choice = usable.filter(({ decoupled }) => (decoupled === true) === first);
        const model = random.pick(choice);
        const batched = model.maxBatchSize > 0;
        const fed: { readonly input: Tensor; readonly place: Place }[] = [];
        for (const input of model.inputs) {
            if (input.optional === true && random.chance(50)) continue;
            const place = feed(
                input,
                batched,
                fed.map(({ place: taken }) => taken),
            );
            if (place !== undefined) {
                place.ends.push({ tensor: input, batched });
                fed.push({ input, place });
            }
        }
        const fedAll = model.inputs.every(
            (input) => input.optional === true || fed.some(({ input: { name } }) => name === input.name),
        );
        if (!fedAll || fed.length === 0) continue; // the ends that were added only make later choices stricter
        for (const { place } of fed) place.used = true;
        const kept = model.outputs.filter((_, index) => index === 0 || random.chance(60));
        const made = kept.map((tensor, index) => ({
            output: tensor.name,
            place: {
                name: `t${steps.length}.${index}`,
                ends: [{ tensor, batched }],
                origin: streamed ? 0 : undefined,
                used: false,
            },
        }));
        places.push(...made.map(({ place }) => place));
        steps.push({
            modelName: model.name,
            inputMap: Object.fromEntries(fed.map(({ input, place }) => [input.name, place.name])),
            outputMap: Object.fromEntries(made.map(({ output, place }) => [output, place.name])),
        });
    }

    const madeHere = places.filter(({ name }) => name.startsWith("t"));
    const outputs = madeHere.flatMap((place) => {
        const [maker] = place.ends;
        if (maker === undefined || (place.used && !random.chance(20))) return [];
        const dims = maker.tensor.dims.map((dim) => (random.chance(20) ? -1 : dim));
        const output = { name: place.name, dataType: maker.tensor.dataType, dims };
        return place.used && !suits(place, output, maxBatchSize > 0) ? [] : [output];
    });
    const used = new Set(steps.map(({ modelName }) => modelName));
    return {
        name: "ensemble",
        maxBatchSize,
        inputs: inputs.filter(({ name }) => places.some((place) => place.name === name && place.used)),
        outputs,
        steps: random.shuffle(steps),
        models: models.filter(({ name }) => used.has(name)),
    };
}

import type { Ensemble, EnsembleStep } from "../../../plans/triton/ensemble.ts";
import type { Random } from "./random-ensemble.ts";

/** A way to spoil a valid ensemble. */
export interface Mutation {
    readonly name: string;
    /** A part of the problem that must be reported. */
    readonly problem: string;
    /** Undefined where this ensemble offers nothing to spoil in this way. */
    readonly apply: (ensemble: Ensemble, random: Random) => Ensemble | undefined;
}

const replaced = <Item>(items: readonly Item[], index: number, change: (item: Item) => Item): Item[] =>
    items.map((item, at) => (at === index ? change(item) : item));

/** Changes a step that is chosen at random. */
const inStep =
    (change: (step: EnsembleStep, random: Random, ensemble: Ensemble) => EnsembleStep | undefined) =>
    (ensemble: Ensemble, random: Random): Ensemble | undefined => {
        const index = random.below(ensemble.steps.length);
        const step = ensemble.steps[index];
        const changed = step === undefined ? undefined : change(step, random, ensemble);
        return changed && { ...ensemble, steps: replaced(ensemble.steps, index, () => changed) };
    };

/** Changes an input of the ensemble that is chosen at random. */
const inInput =
    (change: (input: Ensemble["inputs"][number]) => Ensemble["inputs"][number]) =>
    (ensemble: Ensemble, random: Random): Ensemble => ({
        ...ensemble,
        inputs: replaced(ensemble.inputs, random.below(ensemble.inputs.length), change),
    });

const without = <Value>(map: Readonly<Record<string, Value>>, key: string): Record<string, Value> =>
    Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));

const made = ({ steps }: Ensemble): string[] => steps.flatMap(({ outputMap }) => Object.values(outputMap));
const read = ({ steps }: Ensemble): string[] => steps.flatMap(({ inputMap }) => Object.values(inputMap));

/** Closes a circle: a step is fed by what it makes, or by what a step makes that it feeds. */
function closeCircle(ensemble: Ensemble, random: Random): Ensemble | undefined {
    const start = random.below(ensemble.steps.length);
    let here = ensemble.steps[start];
    for (let hops = random.below(4); hops > 0; hops -= 1) {
        const tensors = new Set(Object.values(here?.outputMap ?? {}));
        here = ensemble.steps.find(({ inputMap }) => Object.values(inputMap).some((name) => tensors.has(name))) ?? here;
    }
    const tensor = Object.values(here?.outputMap ?? {})[0];
    const input = Object.keys(ensemble.steps[start]?.inputMap ?? {})[0];
    if (tensor === undefined || input === undefined) return undefined;
    const close = (step: EnsembleStep) => ({ ...step, inputMap: { ...step.inputMap, [input]: tensor } });
    return { ...ensemble, steps: replaced(ensemble.steps, start, close) };
}

/** Ways to spoil the graph that Triton refuses. */
export const GRAPH_MUTATIONS: readonly Mutation[] = [
    { name: "a circle", problem: "steps wait for each other", apply: closeCircle },
    {
        name: "a step of a model that is not there",
        problem: 'there is no model "nobody"',
        apply: inStep((step) => ({ ...step, modelName: "nobody" })),
    },
    {
        name: "an input that nothing feeds",
        problem: "nothing feeds input",
        apply: inStep((step, random, { models }) => {
            const needed = models
                .find(({ name }) => name === step.modelName)
                ?.inputs.filter(({ optional }) => optional !== true);
            return needed && { ...step, inputMap: without(step.inputMap, random.pick(needed).name) };
        }),
    },
    {
        name: "an input that the model does not have",
        problem: 'inputMap names "NOWHERE"',
        apply: inStep((step, random) => ({
            ...step,
            inputMap: { ...step.inputMap, NOWHERE: random.pick(Object.values(step.inputMap)) },
        })),
    },
    {
        name: "an output that the model does not have",
        problem: 'outputMap names "NOWHERE"',
        apply: inStep((step) => ({ ...step, outputMap: { ...step.outputMap, NOWHERE: "new" } })),
    },
    {
        name: "a tensor that nobody makes",
        problem: "nobody makes it",
        apply: inStep((step, random) => ({
            ...step,
            inputMap: { ...step.inputMap, [random.pick(Object.keys(step.inputMap))]: "new" },
        })),
    },
    {
        name: "a tensor that two make",
        problem: "made twice",
        apply: (ensemble, random) => {
            const tensor = random.pick(made(ensemble));
            const others = ensemble.steps.filter(({ outputMap }) => !Object.values(outputMap).includes(tensor));
            if (others.length === 0) return undefined;
            const index = ensemble.steps.indexOf(random.pick(others));
            return {
                ...ensemble,
                steps: replaced(ensemble.steps, index, (step) => ({
                    ...step,
                    outputMap: { ...step.outputMap, [random.pick(Object.keys(step.outputMap))]: tensor },
                })),
            };
        },
    },
    {
        name: "a tensor that nobody uses",
        problem: "nobody uses it",
        apply: (ensemble, random) => {
            const unread = ensemble.outputs.filter(({ name }) => !read(ensemble).includes(name));
            const gone = random.pick(unread).name;
            return { ...ensemble, outputs: ensemble.outputs.filter(({ name }) => name !== gone) };
        },
    },
    {
        name: "an input of the ensemble that nobody uses",
        problem: "nobody uses this input",
        apply: (ensemble) => ({
            ...ensemble,
            inputs: [...ensemble.inputs, { name: "new", dataType: "TYPE_FP32", dims: [1] }],
        }),
    },
    {
        name: "an output of the ensemble that nobody makes",
        problem: "nobody makes it",
        apply: (ensemble) => ({
            ...ensemble,
            outputs: [...ensemble.outputs, { name: "new", dataType: "TYPE_FP32", dims: [1] }],
        }),
    },
    {
        name: "a type that differs",
        problem: "accepted: the same type",
        apply: inInput((input) => ({ ...input, dataType: "TYPE_FP64" })),
    },
    {
        name: "a shape that differs",
        problem: "accepted: the same shape",
        apply: inInput((input) => ({ ...input, dims: [7, 7, 7, 7, 7] })),
    },
    {
        name: "a batch that a model does not take",
        problem: "is below the ensemble's",
        apply: (ensemble) =>
            ensemble.models.some(({ maxBatchSize }) => maxBatchSize > 0)
                ? { ...ensemble, maxBatchSize: 1000 }
                : undefined,
    },
    {
        name: "answers of a decoupled step beside what the request brought",
        problem: "do not come together",
        apply: (ensemble) => {
            const [input] = ensemble.inputs;
            const decoupled = ensemble.models.some((model) => model.decoupled === true);
            return decoupled && input !== undefined
                ? { ...ensemble, outputs: [...ensemble.outputs, input] }
                : undefined;
        },
    },
    {
        name: "a step without inputs",
        problem: "inputMap is empty",
        apply: inStep((step) => ({ ...step, inputMap: {} })),
    },
    {
        name: "a step without outputs",
        problem: "outputMap is empty",
        apply: inStep((step) => ({ ...step, outputMap: {} })),
    },
    { name: "no steps", problem: "steps is empty", apply: (ensemble) => ({ ...ensemble, steps: [] }) },
    { name: "no outputs", problem: "outputs is empty", apply: (ensemble) => ({ ...ensemble, outputs: [] }) },
    { name: "no inputs", problem: "inputs is empty", apply: (ensemble) => ({ ...ensemble, inputs: [] }) },
    {
        name: "a negative batch",
        problem: "maxBatchSize -1",
        apply: (ensemble) => ({ ...ensemble, maxBatchSize: -1 }),
    },
    { name: "no dims", problem: "dims []", apply: inInput((input) => ({ ...input, dims: [] })) },
    {
        name: "a dimension of nothing",
        problem: "0]; accepted: one or more whole numbers",
        apply: inInput((input) => ({ ...input, dims: [...input.dims.slice(1), 0] })),
    },
    {
        name: "a name that Triton cannot be asked for",
        problem: "Triton refuses the name",
        apply: (ensemble, random) => ({
            ...ensemble,
            name: random.pick(["a b", "a:b", "é", "a%b", "a?b", "a+b", "a@b", "#"]),
        }),
    },
];

/** Ways to spoil the graph that Triton takes, to answer wrongly or to load what nobody needs. */
export const STRICTER_MUTATIONS: readonly Mutation[] = [
    {
        name: "an input that is described twice",
        problem: "is described twice",
        apply: (ensemble, random) => ({ ...ensemble, inputs: [...ensemble.inputs, random.pick(ensemble.inputs)] }),
    },
    {
        name: "an output that is described twice",
        problem: "is described twice",
        apply: (ensemble, random) => ({ ...ensemble, outputs: [...ensemble.outputs, random.pick(ensemble.outputs)] }),
    },
    {
        name: "a tensor that both the request and a step bring",
        problem: "made twice",
        apply: (ensemble, random) => {
            const tensors = made(ensemble).filter((name) => read(ensemble).includes(name));
            if (tensors.length === 0 || ensemble.models.some(({ decoupled }) => decoupled === true)) return undefined;
            const name = random.pick(tensors);
            const step = ensemble.steps.find(({ outputMap }) => Object.values(outputMap).includes(name));
            const model = ensemble.models.find((one) => one.name === step?.modelName);
            const output = model?.outputs.find((one) => step?.outputMap[one.name] === name);
            const batched = (model?.maxBatchSize ?? 0) > 0;
            return output !== undefined && batched === ensemble.maxBatchSize > 0
                ? { ...ensemble, inputs: [...ensemble.inputs, { ...output, name }] }
                : undefined;
        },
    },
    {
        name: "a model that no step runs",
        problem: "no step runs it",
        apply: (ensemble, random) => {
            const extra = random.pick(ensemble.models);
            return { ...ensemble, models: [...ensemble.models, { ...extra, name: "idle" }] };
        },
    },
];

const DIMS = [[-1], [4], [-1, 4], [2, 2], [2, -1], [-1, -1], [3, 4]] as const;
const TYPES = ["TYPE_FP32", "TYPE_INT64", "TYPE_STRING"] as const;

/** Small changes of which nobody knows beforehand whether they spoil anything. */
const CHANGES: readonly ((ensemble: Ensemble, random: Random) => Ensemble | undefined)[] = [
    ...(["inputMap", "outputMap"] as const).flatMap((map) => [
        inStep((step, random, ensemble) => ({
            ...step,
            [map]: {
                ...step[map],
                [random.pick(Object.keys(step[map]))]: random.pick([...made(ensemble), ...read(ensemble)]),
            },
        })),
        inStep((step, random) => ({ ...step, [map]: without(step[map], random.pick(Object.keys(step[map]))) })),
    ]),
    ...(["inputs", "outputs"] as const).flatMap((list) => [
        (ensemble: Ensemble, random: Random) => ({
            ...ensemble,
            [list]: replaced(ensemble[list], random.below(ensemble[list].length), (tensor) => ({
                ...tensor,
                dims: random.pick(DIMS),
            })),
        }),
        (ensemble: Ensemble, random: Random) => ({
            ...ensemble,
            [list]: replaced(ensemble[list], random.below(ensemble[list].length), (tensor) => ({
                ...tensor,
                dataType: random.pick(TYPES),
            })),
        }),
        (ensemble: Ensemble, random: Random) => ({ ...ensemble, [list]: random.shuffle(ensemble[list]).slice(1) }),
        (ensemble: Ensemble, random: Random) => ({
            ...ensemble,
            [list]: [
                ...ensemble[list],
                { name: random.pick(made(ensemble)), dataType: random.pick(TYPES), dims: random.pick(DIMS) },
            ],
        }),
    ]),
    (ensemble, random) => ({ ...ensemble, maxBatchSize: random.pick([0, 4, 8, 16, 17]) }),
    (ensemble, random) => ({ ...ensemble, steps: random.shuffle(ensemble.steps) }),
    (ensemble, random) => ({ ...ensemble, steps: random.shuffle(ensemble.steps).slice(1) }),
    (ensemble, random) => ({ ...ensemble, steps: [...ensemble.steps, random.pick(ensemble.steps)] }),
];

/** One to three changes, each of which may spoil the ensemble, mend it, or leave it valid. */
export function changedBlindly(ensemble: Ensemble, random: Random): Ensemble {
    let changed = ensemble;
    for (let changes = 1 + random.below(3); changes > 0; changes -= 1) {
        const isWhole =
            changed.inputs.length > 0 &&
            changed.outputs.length > 0 &&
            changed.steps.length > 0 &&
            changed.steps.every(
                ({ inputMap, outputMap }) => Object.keys(inputMap).length > 0 && Object.keys(outputMap).length > 0,
            );
        if (isWhole) changed = random.pick(CHANGES)(changed, random) ?? changed;
    }
    return changed;
}

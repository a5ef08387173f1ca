import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { parseSettings } from "../../config/schema.ts";
import { findPython } from "../../local/launcher/python.ts";
import { countGpus } from "../../local/launcher/triton-gpus.ts";
import type { Step } from "../../plans/step.ts";
import { stepProblems } from "../../plans/step.ts";
import { repositoryFiles } from "../../plans/triton/repository.ts";
import { tritonUseProblems } from "../../plans/triton/triton-uses.ts";
import { readConfigs } from "./read-configs.ts";
import { MODEL, RealTriton } from "./real-triton.ts";

/** What a variant changes in the config of stack triton, as docs/triton-ensemble.md says. */
interface Variant {
    /** Of each model, in the order of the file. @default - as in the file */
    readonly compute?: readonly object[];
    /** @default - as in the file */
    readonly endpoint?: object;
    readonly args?: Readonly<Record<string, string>>;
    /** Kinds of the models' groups, in NVIDIA's words. */
    readonly kinds: readonly string[];
}

const [ON_CPU, ON_GPU] = ["KIND_CPU", "KIND_GPU"];
const VARIANTS: Readonly<Record<string, Variant>> = {
    "CPU and GPU, as it is": { kinds: [ON_CPU, ON_GPU, ON_CPU] },
    "all on CPU": {
        compute: [{ kind: "cpu", count: 2 }, { kind: "cpu" }, { kind: "cpu" }],
        endpoint: { instanceType: "ml.c7i.xlarge" },
        args: { ONNXRUNTIME: "onnxruntime" },
        kinds: [ON_CPU, ON_CPU, ON_CPU],
    },
    "all on GPU": {
        compute: [{ kind: "gpu", count: 2, gpus: [0] }, { kind: "gpu" }, { kind: "gpu" }],
        kinds: [ON_GPU, ON_GPU, ON_GPU],
    },
};

type Config = Record<string, unknown> & {
    readonly "serial-inference:steps": readonly {
        readonly image: { readonly build: object };
        readonly triton: { readonly models: readonly object[] };
    }[];
};

/** The stack's settings with a variant's changes. */
function settingsOf({ compute, endpoint, args }: Variant) {
    const { config } = parse(readFileSync("Pulumi.triton.yaml", "utf8")) as { readonly config: Config };
    const steps = config["serial-inference:steps"].map((step) => ({
        ...step,
        image: { build: { ...step.image.build, ...(args && { args }) } },
        triton: {
            ...step.triton,
            models: step.triton.models.map((model, index) => ({
                ...model,
                ...(compute && { compute: compute[index] }),
            })),
        },
    }));
    const changed = {
        ...config,
        "serial-inference:steps": steps,
        ...(endpoint && { "serial-inference:endpoint": endpoint }),
    };
    const texts = Object.entries(changed).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return parseSettings(Object.fromEntries(texts) as Record<string, string>, "Pulumi.triton.yaml");
}

describe("the variants of stack triton", function () {
    this.timeout(60_000);
    const triton = new RealTriton();
    let gpus = 0;
    before(async () => {
        gpus = await countGpus(findPython());
        await triton.start(["--disable-auto-complete-config"]);
    });
    after(() => triton.stop());

    for (const [what, variant] of Object.entries(VARIANTS)) {
        it(`${what}: the plan, NVIDIA's description and a real Triton take it`, async () => {
            const settings = settingsOf(variant);
            const steps: readonly Step[] = settings.steps;
            if (settings.endpoint === "none" || settings.endpoint === undefined) throw new Error("it has no endpoint");
            expect([...stepProblems(steps), ...tritonUseProblems(settings.endpoint, steps)]).to.deep.equal([]);

            const ensemble = steps[0]?.triton;
            if (ensemble === undefined) throw new Error("it has no ensemble");
            const files = repositoryFiles(ensemble);
            const configs = ensemble.models.map(({ name }) => files[`${name}/config.pbtxt`] ?? "");
            const read = readConfigs(configs) as { readonly instance_group: readonly { readonly kind: string }[] }[];
            expect(read.map(({ instance_group: [group] }) => group?.kind)).to.deep.equal(variant.kinds);

            // where there is no GPU, the groups are as the local host leaves them
            const loaded = (text: string) => (gpus > 0 ? text : text.replace(/KIND_GPU\s*(gpus: \[.*\])?/, ON_CPU));
            for (const [path, text] of Object.entries(files)) triton.write({ [path]: loaded(text) });
            for (const { name } of ensemble.models) triton.write({ [`${name}/1/model.py`]: MODEL });
            expect(await triton.load(ensemble.name)).to.equal(undefined);
            await triton.unload(ensemble.name);
            triton.remove(ensemble.name);
        });
    }
});

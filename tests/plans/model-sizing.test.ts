import { expect } from "chai";
import fc from "fast-check";
import { instanceMemoryGiB, isAccelerated } from "../../plans/instance-memory.ts";
import { addUpSizes, type ModelSize, sizingAdvice } from "../../plans/model-sizing.ts";
import type { Step } from "../../plans/step.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const step: Step = {
    name: "predict",
    image: { build: { folder: "containers/predict" } },
    multiModel: {},
    artifact: { models: "models" },
};
const model = (key: string, unpackedSize: number): ModelSize => ({ key, size: unpackedSize / 2, unpackedSize });
const of = (count: number, unpackedSize: number) =>
    addUpSizes(Array.from({ length: count }, (_, index) => model(`${index}.tar.gz`, unpackedSize)));

const messages = (...args: Parameters<typeof sizingAdvice>) =>
    sizingAdvice(...args).map(({ severity, message }) => `${severity}: ${message}`);

describe("instanceMemoryGiB", () => {
    for (const [type, gib] of [
        ["ml.m5.large", 8],
        ["ml.t2.medium", 4],
        ["ml.c4.8xlarge", 60],
        ["ml.c5.9xlarge", 72],
        ["ml.c5.18xlarge", 144],
        ["ml.m4.10xlarge", 160],
        ["ml.m6i.32xlarge", 512],
        ["ml.m7i.48xlarge", 768],
        ["ml.r5.24xlarge", 768],
        ["ml.r7gd.medium", 8],
        ["ml.c8g.16xlarge", 128],
        ["ml.m99.large", undefined],
        ["ml.m5.metal", undefined],
        ["ml.constructor.large", undefined],
    ] as const) {
        it(`knows ${gib ?? "nothing"} of ${type}`, () => {
            expect(instanceMemoryGiB(type)).to.equal(gib);
        });
    }

    it("tells instances with accelerators from those without", () => {
        const accelerated = ["ml.p3.2xlarge", "ml.p4de.24xlarge", "ml.g4dn.xlarge", "ml.gr6.4xlarge", "ml.inf2.xlarge"];
        expect(accelerated.filter(isAccelerated)).to.deep.equal(accelerated);
        expect(["ml.c6gn.large", "ml.m6gd.large", "ml.r8g.large", "ml.t2.large"].filter(isAccelerated)).to.deep.equal(
            [],
        );
    });
});

describe("sizingAdvice", () => {
    it("says what fits into memory and volume, and that one instance is few", () => {
        expect(messages(step, of(5000, 4 * MIB), { volumeGiB: 10 })).to.deep.equal([
            'info: step "predict" holds 5,000 models of 19.5 GiB unpacked, the largest of 4 MiB',
            'info: variant "main" (ml.m5.large): its 8 GiB of memory hold some 2,050 at most at once; its volume of 10 GiB holds ' +
                "some 2,560, the others are downloaded anew when asked for; volumeGiB 20 would hold all; " +
                "it has 1 instance, AWS advises 2 or more for many models",
        ]);
    });

    it("has no more to say where all fits", () => {
        expect(messages(step, of(3, MIB), { instanceCount: 2, volumeGiB: 1 })).to.deep.equal([
            'info: step "predict" holds 3 models of 3 MiB unpacked, the largest of 1 MiB',
            'info: variant "main" (ml.m5.large): its 8 GiB of memory may hold all at once; its volume of 1 GiB holds all',
        ]);
    });

    it("warns of a model that can never be loaded, or unpacked, on each variant where that is so", () => {
        const sizes = addUpSizes([model("small.tar.gz", MIB), model("europe/large.tar.gz", 12 * GIB)]);
        const endpoint = {
            instanceCount: 2,
            variants: [
                { name: "small", volumeGiB: 16 },
                { name: "large", instanceType: "ml.r5.large", volumeGiB: 32 },
                { name: "unknown", instanceType: "ml.m99.large" },
            ],
        };
        const about = 'model "europe/large.tar.gz" of step "predict"';
        expect(messages(step, sizes, endpoint).filter((line) => line.startsWith("warn"))).to.deep.equal([
            `warn: ${about} has 12 GiB unpacked, more than the 8 GiB of memory of variant "small" (ml.m5.large): it can never be loaded`,
            `warn: ${about} needs 18 GiB to be unpacked, more than the volume of 16 GiB of variant "small" (ml.m5.large)`,
        ]);
        expect(messages(step, sizes, endpoint).at(-1)).to.equal(
            `info: variant "unknown" (ml.m99.large): its volume is SageMaker's default for the type; volumeGiB 19 would hold all`,
        );
    });

    it("counts nothing where no model stays", () => {
        const uncached: Step = { ...step, multiModel: { cache: "disabled" } };
        expect(messages(uncached, of(2, MIB), { instanceCount: 2, volumeGiB: 1 }).slice(1)).to.deep.equal([
            'info: variant "main" (ml.m5.large): each model is downloaded and loaded anew for each request, since its cache is disabled',
        ]);
    });

    it("advises a volume that holds all, and never counts more models than there are", () => {
        const size = fc.record({
            key: fc.constant("model.tar.gz"),
            size: fc.integer({ min: 0, max: 20 * GIB }),
            unpackedSize: fc.integer({ min: 0, max: 20 * GIB }),
        });
        fc.assert(
            fc.property(
                fc.array(size, { minLength: 1, maxLength: 20 }),
                fc.integer({ min: 1, max: 512 }),
                (sizes, gib) => {
                    const added = addUpSizes(sizes);
                    const text = messages(step, added, { volumeGiB: gib }).join("\n");
                    const advised = Number(/volumeGiB (\d+) would/.exec(text)?.[1] ?? gib);
                    const needed = sizes.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0) + added.largest.size;
                    expect(text.includes("no volume") ? needed > 512 * GIB : needed <= advised * GIB).to.equal(true);
                    for (const [, some = ""] of text.matchAll(/some ([\d,]+)/g))
                        expect(Number(some.replaceAll(",", ""))).to.be.at.most(sizes.length);
                },
            ),
        );
    });
});

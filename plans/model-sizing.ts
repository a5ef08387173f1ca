import { type EndpointSettings, hostings } from "./endpoint.ts";
import { instanceMemoryGiB } from "./instance-memory.ts";
import { LIMITS } from "./limits.ts";
import type { Step } from "./step.ts";

/** A packed model. */
export interface ModelSize {
    /** Its key below the prefix. */
    readonly key: string;
    /** Bytes of the archive, and of the files inside. */
    readonly size: number;
    readonly unpackedSize: number;
}

/** What many models take together. */
export interface ModelSizes {
    readonly count: number;
    /** Bytes of all files inside. */
    readonly unpackedBytes: number;
    /** The model with the most bytes inside. */
    readonly largest: ModelSize;
}

/** What to expect, or with `warn` what will not work. */
export interface Advice {
    readonly severity: "info" | "warn";
    readonly message: string;
}

const GIB = 2 ** 30;

/** @param models at least one */
export const addUpSizes = (models: readonly ModelSize[]): ModelSizes => ({
    count: models.length,
    unpackedBytes: models.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0),
    largest: models.reduce((most, model) => (model.unpackedSize > most.unpackedSize ? model : most)),
});

const shown = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 3 });

/** `3.4 GiB` */
function bytes(count: number): string {
    const units = ["bytes", "KiB", "MiB", "GiB"];
    const unit = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(count, 1)) / 10));
    return `${shown(count / 1024 ** unit)} ${units[unit] ?? ""}`;
}

const models = (count: number): string => (count === 1 ? "1 model" : `${count.toLocaleString("en")} models`);

/** How many of the models fit, by their average size. */
const howMany = ({ count, unpackedBytes }: ModelSizes, room: number): number =>
    Math.min(count, Math.floor((room * count) / Math.max(unpackedBytes, 1)));

/** GiB of volume that hold all models unpacked, and an archive while it is unpacked. */
const volumeForAll = ({ unpackedBytes, largest }: ModelSizes): number =>
    Math.ceil((unpackedBytes + largest.size) / GIB);

function memoryAdvice(sizes: ModelSizes, gib: number): string {
    const fit = howMany(sizes, gib * GIB);
    const what = fit === sizes.count ? "may hold all" : `hold some ${shown(fit)} at most`;
    return `its ${gib} GiB of memory ${what} at once`;
}

function volumeAdvice(sizes: ModelSizes, volumeGiB: number | undefined): string {
    const all = volumeForAll(sizes);
    const enough = all > LIMITS.volumeGiB.max ? "no volume would hold all" : `volumeGiB ${all} would hold all`;
    if (volumeGiB === undefined) return `its volume is SageMaker's default for the type; ${enough}`;
    if (all <= volumeGiB) return `its volume of ${volumeGiB} GiB holds all`;
    const fit = howMany(sizes, Math.max(0, volumeGiB * GIB - sizes.largest.size));
    return `its volume of ${volumeGiB} GiB holds some ${shown(fit)}, the others are downloaded anew when asked for; ${enough}`;
}

/**
 * What to expect of the models of a step on each variant of the endpoint. A model takes at least its unpacked size in memory, so what is
 * said of memory is an upper bound; of an instance type whose memory is not known nothing is said.
 */
export function sizingAdvice(step: Step, sizes: ModelSizes, endpoint: EndpointSettings): Advice[] {
    const { count, unpackedBytes, largest } = sizes;
    const total = `step "${step.name}" holds ${models(count)} of ${bytes(unpackedBytes)} unpacked, the largest of ${bytes(largest.unpackedSize)}`;
    const advice: Advice[] = [{ severity: "info", message: total }];
    for (const { name, instanceType, instanceCount, volumeGiB } of hostings(endpoint)) {
        const memoryGiB = instanceMemoryGiB(instanceType);
        const on = `variant "${name}" (${instanceType})`;
        const about = `model "${largest.key}" of step "${step.name}"`;
        if (memoryGiB !== undefined && largest.unpackedSize > memoryGiB * GIB) {
            const message = `${about} has ${bytes(largest.unpackedSize)} unpacked, more than the ${memoryGiB} GiB of memory of ${on}: it can never be loaded`;
            advice.push({ severity: "warn", message });
        }
        const onDisk = largest.unpackedSize + largest.size;
        if (volumeGiB !== undefined && onDisk > volumeGiB * GIB) {
            const message = `${about} needs ${bytes(onDisk)} to be unpacked, more than the volume of ${volumeGiB} GiB of ${on}`;
            advice.push({ severity: "warn", message });
        }
        const cached =
            step.multiModel?.cache === "disabled"
                ? ["each model is downloaded and loaded anew for each request, since its cache is disabled"]
                : [
                      ...(memoryGiB === undefined ? [] : [memoryAdvice(sizes, memoryGiB)]),
                      volumeAdvice(sizes, volumeGiB),
                  ];
        const few = instanceCount < 2 ? ["it has 1 instance, AWS advises 2 or more for many models"] : [];
        advice.push({ severity: "info", message: `${on}: ${[...cached, ...few].join("; ")}` });
    }
    return advice;
}

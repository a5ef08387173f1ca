import { read } from "../readings.ts";
import { computed, milliseconds, plain } from "./lines.ts";
import { eachVariant, type Section, type View, WIDE } from "./view.ts";

/** How well the models of a multi-model container stay in memory. */
export const models = ({ watched, thresholds }: View): Section => ({
    title: "Many models",
    charts: [
        {
            title: "Cache hits, share of requests",
            axis: "%",
            threshold: thresholds["cache-hits"],
            lines: eachVariant(watched, (of, label) => [
                computed("100 * a", label("cache hits"), { a: read("ModelCacheHit", of, "Average") }),
            ]),
        },
        {
            title: "Models in memory",
            axis: "models an instance",
            lines: eachVariant(watched, (of, label) => [
                plain(read("LoadedModelCount", of, "Average"), label("average")),
                plain(read("LoadedModelCount", of, "Maximum"), label("fullest instance")),
            ]),
        },
        {
            title: "Waiting for a model",
            axis: "ms",
            lines: eachVariant(watched, (of, label) => [
                milliseconds(read("ModelLoadingWaitTime", of, "Average"), label("average")),
                milliseconds(read("ModelLoadingWaitTime", of, "Maximum"), label("longest")),
            ]),
        },
        {
            title: "What loading a model takes, on average",
            axis: "ms",
            width: WIDE,
            lines: eachVariant(watched, (of, label) => [
                milliseconds(read("ModelDownloadingTime", of, "Average"), label("download")),
                milliseconds(read("ModelLoadingTime", of, "Average"), label("load")),
            ]),
        },
        {
            title: "What unloading a model takes",
            axis: "ms",
            width: WIDE,
            lines: eachVariant(watched, (of, label) => [
                milliseconds(read("ModelUnloadingTime", of, "Average"), label("average")),
                milliseconds(read("ModelUnloadingTime", of, "Maximum"), label("longest")),
            ]),
        },
    ],
});

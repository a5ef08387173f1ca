import type { MetricName } from "../metrics.ts";
import { read } from "../readings.ts";
import { gpuVariants, publishes } from "../watched-endpoint.ts";
import type { Chart } from "./chart.ts";
import { computed, type Line, ofAll, plain } from "./lines.ts";
import { eachVariant, type Section, type View } from "./view.ts";

/** Columns of a chart of which four stand side by side. */
const QUARTER = 6;

const share = (metric: "MemoryUtilization" | "DiskUtilization", { watched }: View): Line[] =>
    eachVariant(watched, (of, label) => [
        plain(read(metric, of, "Average"), label("average")),
        plain(read(metric, of, "Maximum"), label("fullest instance")),
    ]);

/** How full the instances are, and how many there are. */
export function instances(view: View): Section {
    const { watched, thresholds } = view;
    const withGpus = gpuVariants(watched);
    const onGpus = (metric: MetricName): Line[] =>
        eachVariant(
            watched,
            (of, label, { gpus }) => [
                ofAll(read(metric, of, "Average"), gpus, label("average")),
                ofAll(read(metric, of, "Maximum"), gpus, label("busiest instance")),
            ],
            withGpus,
        );
    const charts: (Chart & { readonly needs: MetricName })[] = [
        {
            needs: "CPUUtilization",
            title: "Instances",
            axis: "instances",
            lines: eachVariant(watched, (of, label) => [
                computed("a / (PERIOD(a) / 60)", label("instances"), { a: read("CPUUtilization", of, "SampleCount") }),
            ]),
        },
        {
            needs: "CPUUtilization",
            title: "CPU, of all cores",
            axis: "%",
            threshold: thresholds.cpu,
            lines: eachVariant(watched, (of, label, { cores }) => [
                ofAll(read("CPUUtilization", of, "Average"), cores, label("average")),
                ofAll(read("CPUUtilization", of, "Maximum"), cores, label("busiest instance")),
            ]),
        },
        {
            needs: "MemoryUtilization",
            title: "Memory",
            axis: "%",
            threshold: thresholds.memory,
            lines: share("MemoryUtilization", view),
        },
        {
            needs: "DiskUtilization",
            title: "Disk",
            axis: "%",
            threshold: thresholds.disk,
            lines: share("DiskUtilization", view),
        },
        {
            needs: "GPUUtilization",
            title: "GPU, of all GPUs",
            axis: "%",
            threshold: thresholds.gpu,
            lines: onGpus("GPUUtilization"),
        },
        {
            needs: "GPUMemoryUtilization",
            title: "GPU memory, of all GPUs",
            axis: "%",
            threshold: thresholds["gpu-memory"],
            lines: onGpus("GPUMemoryUtilization"),
        },
    ];
    return {
        title: watched.kind === "serverless" ? "Memory" : "Instances",
        charts: charts.flatMap(({ needs, ...chart }) =>
            publishes(watched, needs) ? [{ ...chart, ...(withGpus.length === 0 && { width: QUARTER }) }] : [],
        ),
    };
}

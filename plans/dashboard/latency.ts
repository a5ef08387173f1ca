import type { Statistic } from "../metrics.ts";
import { read } from "../readings.ts";
import { publishes } from "../watched-endpoint.ts";
import type { Chart } from "./chart.ts";
import { milliseconds } from "./lines.ts";
import { latencyChart, named, ofVariant, type Section, type View, WIDE } from "./view.ts";

/** How the containers of a pipeline share the time. */
const byContainer = ({ watched }: View): Chart[] =>
    watched.containers.length === 1 || !publishes(watched, "ContainerLatency")
        ? []
        : watched.variants.flatMap((variant) => {
              const lines = (statistic: Statistic) =>
                  watched.containers.map((container) =>
                      milliseconds(
                          read(
                              "ContainerLatency",
                              { ...ofVariant(watched, variant), ContainerName: container },
                              statistic,
                          ),
                          container,
                      ),
                  );
              const slow: Chart = {
                  title: named(watched, variant, "p99 by container"),
                  axis: "ms",
                  width: WIDE,
                  lines: lines("p99"),
              };
              if (watched.mode === "direct") return [slow];
              const title = named(watched, variant, "average model latency, by container");
              return [{ title, axis: "ms", width: WIDE, stacked: true, lines: lines("Average") }, slow];
          });

/** Where the time goes. */
export const latency = (view: View): Section => ({
    title: "Latency",
    charts: [
        ...latencyChart(view, "ModelLatency", "Model latency: all containers", view.thresholds.latency, WIDE),
        ...latencyChart(view, "OverheadLatency", "Overhead latency: SageMaker's own", view.thresholds.overhead, WIDE),
        ...latencyChart(view, "ModelSetupTime", "Cold starts"),
        ...byContainer(view),
    ],
});

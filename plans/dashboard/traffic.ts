import type { SeriesOf } from "../metric-series.ts";
import { requestCount, serverErrors } from "../readings.ts";
import type { WatchedEndpoint } from "../watched-endpoint.ts";
import type { Chart } from "./chart.ts";
import { computed, type Line, plain } from "./lines.ts";
import { eachVariant, named, ofVariant, type Section, sums, type View, WIDE } from "./view.ts";

/** By container: where each is called by itself. */
const directTraffic = ({ watched }: View): Chart[] =>
    watched.mode !== "direct"
        ? []
        : watched.variants.flatMap((variant) => {
              const byContainer = (lines: (of: SeriesOf, container: string) => readonly Line[]): Line[] =>
                  watched.containers.flatMap((container) =>
                      lines({ ...ofVariant(watched, variant), ContainerName: container }, container),
                  );
              return [
                  {
                      title: named(watched, variant, "requests by container"),
                      axis: "a minute",
                      width: WIDE,
                      lines: byContainer((of, container) => sums(watched, of, { Invocations: container })),
                  },
                  {
                      title: named(watched, variant, "errors by container"),
                      axis: "a minute",
                      width: WIDE,
                      lines: byContainer((of, container) =>
                          sums(watched, of, {
                              Invocation4XXErrors: `${container} 4xx`,
                              Invocation5XXErrors: `${container} 5xx`,
                          }),
                      ),
                  },
              ];
          });

function serverErrorShare(watched: WatchedEndpoint, of: SeriesOf, label: string): Line {
    const { expression, readings } = serverErrors(watched, of);
    return computed(`100 * (${expression}) / a`, label, { a: requestCount(watched, of), ...readings });
}

/** How much comes in, and what of it fails. */
export function traffic(view: View): Section {
    const { watched, thresholds } = view;
    return {
        title: "Traffic and errors",
        charts: [
            {
                title: "Requests",
                axis: "a minute",
                lines: eachVariant(watched, (of, label) => [plain(requestCount(watched, of), label("requests"))]),
            },
            {
                title: "Errors",
                axis: "a minute",
                lines: eachVariant(watched, (of, label) =>
                    sums(watched, of, {
                        Invocation4XXErrors: label("4xx"),
                        Invocation5XXErrors: label("5xx"),
                        InvocationModelErrors: label("without a 2xx answer"),
                    }),
                ),
            },
            {
                title: "Server errors, share of requests",
                axis: "%",
                threshold: thresholds["server-errors"],
                lines: eachVariant(watched, (of, label) => [serverErrorShare(watched, of, label("server errors"))]),
            },
            ...directTraffic(view),
        ],
    };
}

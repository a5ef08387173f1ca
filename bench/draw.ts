import * as vega from "vega";
import * as vegaLite from "vega-lite";
import type { BenchmarkResult, Plot, Row } from "./benchmark.ts";

/** One bar. */
interface Bar {
    readonly group: string;
    readonly bar: string;
    readonly value: number;
}

const bars = (rows: readonly Row[], { groups, values, bars: column }: Plot): Bar[] =>
    rows.flatMap((row) =>
        values.flatMap((value) => {
            const figure = row[value];
            if (typeof figure !== "number") return [];
            const group = groups.map((name) => String(row[name])).join(", ");
            return [{ group, bar: column === undefined ? value : String(row[column]), value: figure }];
        }),
    );

/** The plot as SVG. */
export async function draw({ rows }: BenchmarkResult, plot: Plot): Promise<string> {
    const data = bars(plot.rows ?? rows, plot);
    const logarithmic = plot.logarithmic ?? false;
    const order = [...new Set(data.map(({ bar }) => bar))];
    const specification: vegaLite.TopLevelSpec = {
        title: plot.title,
        background: "white",
        width: { step: 22 },
        height: 240,
        data: { values: data.map((bar) => ({ ...bar })) },
        mark: logarithmic ? { type: "point", filled: true, size: 80 } : "bar", // a bar has no foot on a logarithmic axis
        encoding: {
            x: { field: "group", type: "nominal", sort: null, title: null, axis: { labelAngle: -25, labelLimit: 300 } },
            xOffset: { field: "bar", type: "nominal", sort: order },
            y: {
                field: "value",
                type: "quantitative",
                title: plot.axis,
                scale: { type: logarithmic ? "log" : "linear" },
            },
            color: { field: "bar", type: "nominal", sort: order, title: null },
        },
    };
    const view = new vega.View(vega.parse(vegaLite.compile(specification).spec), { renderer: "none" });
    return view.toSVG();
}

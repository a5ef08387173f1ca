import { type LabelValues, Summary, type SummaryConfiguration } from "prom-client";
import { Distribution } from "./distribution.ts";

const QUANTILES = [0.5, 0.99];

/** A summary of prom-client with distributions of its own. */
export class LatencySummary<Label extends string> extends Summary<Label> {
    private readonly series: { readonly labels: LabelValues<Label>; readonly distribution: Distribution }[] = [];

    constructor(configuration: SummaryConfiguration<Label>) {
        super({ ...configuration, percentiles: [] });
    }

    /** Returns what adds a value to the series with these labels, which is to be asked for once. */
    recorder(labels: LabelValues<Label>): (value: number) => void {
        const distribution = new Distribution();
        this.series.push({ labels, distribution });
        return (value) => {
            distribution.add(value);
        };
    }

    override async get(): ReturnType<Summary<Label>["get"]> {
        const { name, ...metric } = await super.get();
        const values = this.series
            .filter(({ distribution }) => distribution.count > 0)
            .flatMap(({ labels, distribution }) => [
                ...QUANTILES.map((quantile) => ({
                    labels: { quantile, ...labels },
                    value: distribution.quantile(quantile),
                })),
                { metricName: `${name}_sum`, labels, value: distribution.sum },
                { metricName: `${name}_count`, labels, value: distribution.count },
            ]);
        return { ...metric, name, values };
    }
}

import { runInNewContext } from "node:vm";
import { expect } from "chai";
import fc from "fast-check";
import { type Alarm, alarmFields, alarmName } from "../../../plans/alarms/alarm.ts";
import { ALARM_KINDS, type AlarmKind } from "../../../plans/alarms/kinds.ts";
import { planAlarms } from "../../../plans/alarms/plan-alarms.ts";
import { type AlarmSettings, LEVEL_KEYS } from "../../../plans/alarms/settings.ts";
import { neverPublished } from "../../support/published-series.ts";
import { watched, watchedEndpoints } from "../../support/watched-endpoints.ts";

type Values = Readonly<Record<string, number | undefined>>;

/** What CloudWatch's expression gives for these values of a period; undefined where one is missing that it does not fill. */
function evaluate({ expression, readings }: Alarm, values: Values): number | undefined {
    const missing = Object.keys(readings).filter((id) => values[id] === undefined);
    if (missing.some((id) => !expression.includes(`FILL(${id},`))) return undefined;
    const functions = {
        IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
        FILL: (value: number | undefined, filling: number) => value ?? filling,
    };
    const ofMissing = Object.fromEntries(missing.map((id) => [id, undefined]));
    return runInNewContext(expression, { ...ofMissing, ...values, ...functions }) as number;
}

/** Whether a period with these values counts against the endpoint. */
const breaches = (alarm: Alarm, values: Values): boolean => {
    const value = evaluate(alarm, values);
    if (value === undefined) return alarm.missingData === "breaching";
    return alarm.comparison === "GreaterThanThreshold" ? value > alarm.level : value < alarm.level;
};

const only = (kind: AlarmKind, of = watched(), settings: AlarmSettings = {}): Alarm => {
    const [alarm, ...others] = planAlarms(of, settings).filter((planned) => planned.kind === kind);
    if (alarm === undefined || others.length > 0) throw new Error(`not one alarm ${kind}`);
    return alarm;
};
const kinds = (of = watched(), settings: AlarmSettings = {}): AlarmKind[] =>
    planAlarms(of, settings).map(({ kind }) => kind);

const gpuVariant = { name: "main", weight: 1, cores: 48, gpus: 4 };

describe("planAlarms", () => {
    it("reads metrics that the endpoint publishes, up to CloudWatch's ten an alarm, for every endpoint", () => {
        fc.assert(
            fc.property(watchedEndpoints, (endpoint) => {
                const alarms = planAlarms(endpoint, {});
                const wrong = alarms
                    .flatMap((alarm) => alarmFields(endpoint.name, alarm).metricQueries)
                    .flatMap(({ metric }) => metric ?? [])
                    .flatMap(({ namespace, metricName, dimensions, stat }) => {
                        const series = { namespace, name: metricName, dimensions, statistic: stat };
                        return neverPublished(endpoint, series) ?? [];
                    });
                expect(wrong).to.deep.equal([]);
                for (const { readings } of alarms) expect(Object.keys(readings).length).to.be.within(1, 10);
            }),
        );
    });

    it("compares one thing an alarm, which its expression names by what it reads, for every endpoint", () => {
        fc.assert(
            fc.property(watchedEndpoints, (endpoint) => {
                for (const alarm of planAlarms(endpoint, {})) {
                    const queries = alarmFields(endpoint.name, alarm).metricQueries;
                    expect(queries.filter(({ returnData }) => returnData)).to.have.length(1);
                    const named = alarm.expression.match(/\b[a-z]\d*\b/g) ?? [];
                    expect(new Set(named)).to.deep.equal(new Set(Object.keys(alarm.readings)));
                }
            }),
        );
    });

    it("has a name for each alarm, and periods that CloudWatch takes, for every endpoint", () => {
        fc.assert(
            fc.property(watchedEndpoints, (endpoint) => {
                const alarms = planAlarms(endpoint, {});
                const names = alarms.map((alarm) => alarmName(endpoint.name, alarm));
                expect(new Set(names).size).to.equal(names.length);
                for (const { periodSeconds, periods, breaching } of alarms) {
                    expect(periodSeconds % 60).to.equal(0);
                    expect(periodSeconds * periods).to.be.at.most(86_400);
                    expect(breaching).to.be.within(1, periods);
                }
            }),
        );
    });

    it("has what fits one container on a CPU", () => {
        expect(kinds()).to.deep.equal(["server-errors", "latency", "overhead", "cpu", "memory", "disk", "no-traffic"]);
    });

    it("adds what fits GPUs and many models", () => {
        expect(kinds(watched({ variants: [gpuVariant], multiModel: true }))).to.include.members([
            "gpu",
            "gpu-memory",
            "cache-hits",
        ]);
    });

    it("watches the queue of an asynchronous endpoint, and nothing that it does not publish", () => {
        expect(kinds(watched({ kind: "asynchronous" }))).to.deep.equal([
            "server-errors",
            "latency",
            "cpu",
            "memory",
            "disk",
            "backlog",
            "backlog-age",
        ]);
    });

    it("watches no instances of a serverless endpoint", () => {
        expect(kinds(watched({ kind: "serverless" }))).to.deep.equal([
            "server-errors",
            "latency",
            "overhead",
            "memory",
            "no-traffic",
        ]);
    });

    it("watches each variant by itself, and that requests come over all of them together", () => {
        const variants = ["stable", "next"].map((name) => ({ name, weight: 1, cores: 2, gpus: 0 }));
        const alarms = planAlarms(watched({ variants }), {});
        expect(alarms.filter(({ kind }) => kind === "latency").map(({ variant }) => variant)).to.deep.equal([
            "stable",
            "next",
        ]);
        const silence = only("no-traffic", watched({ variants }));
        expect(breaches(silence, { m0: 3, m1: undefined })).to.equal(false);
        expect(breaches(silence, { m0: 0, m1: 0 })).to.equal(true);
    });

    it("goes off for the share of requests that fail by the endpoint's own fault", () => {
        const alarm = only("server-errors");
        expect(breaches(alarm, { a: 1000, b: 30, c: 30 })).to.equal(false); // the callers' own 4xx
        expect(breaches(alarm, { a: 1000, b: 10, c: 0 })).to.equal(false);
        expect(breaches(alarm, { a: 1000, b: 11, c: 0 })).to.equal(true);
        expect(evaluate(alarm, { a: 1000, b: undefined, c: undefined })).to.equal(0);
    });

    it("counts 5xx where that is all there is", () => {
        expect(only("server-errors", watched({ kind: "asynchronous" })).readings).to.deep.include({
            b: {
                metric: "Invocation5XXErrors",
                of: { EndpointName: "demo", VariantName: "main" },
                statistic: "Sum",
            },
        });
    });

    it("says nothing of shares and latencies of a few requests, or of none", () => {
        const many = watched({ multiModel: true });
        const bad: [AlarmKind, Values][] = [
            ["server-errors", { b: 9, c: 0 }],
            ["latency", { b: 50_000_000 }],
            ["overhead", { b: 50_000_000 }],
            ["cache-hits", { b: 0 }],
        ];
        for (const [kind, values] of bad) {
            const alarm = only(kind, many);
            expect(breaches(alarm, { ...values, a: 9 }), kind).to.equal(false);
            expect(breaches(alarm, { ...values, a: 10 }), kind).to.equal(true);
            expect(breaches(alarm, {}), kind).to.equal(false);
            expect(breaches(only(kind, many, { minRequests: 5 }), { ...values, a: 5 }), kind).to.equal(true);
        }
    });

    it("takes latencies in milliseconds", () => {
        const alarm = only("latency", watched(), { latencyMilliseconds: 800 });
        expect(breaches(alarm, { a: 100, b: 800_000 })).to.equal(false);
        expect(breaches(alarm, { a: 100, b: 801_000 })).to.equal(true);
    });

    it("takes CPU and GPUs as percent of all of an instance", () => {
        const of = watched({ variants: [gpuVariant] });
        expect(evaluate(only("cpu", of), { a: 2400 })).to.equal(50);
        expect(evaluate(only("gpu", of), { a: 400 })).to.equal(100);
        expect(evaluate(only("memory", of), { a: 91 })).to.equal(91);
    });

    it("has no alarm of cores or GPUs whose number is not known", () => {
        const variants = [{ name: "main", weight: 1, cores: undefined, gpus: undefined }];
        expect(kinds(watched({ variants }))).not.to.include.members(["cpu"]);
        expect(kinds(watched({ variants }))).not.to.include.members(["gpu"]);
    });

    it("takes silence for no traffic, an empty queue for none, and a gap for nothing known of instances", () => {
        expect(breaches(only("no-traffic"), { m0: undefined })).to.equal(true);
        expect(only("no-traffic").missingData).to.equal("breaching");
        expect(only("backlog", watched({ kind: "asynchronous" })).missingData).to.equal("notBreaching");
        expect(only("memory").missingData).to.equal("missing");
    });

    it("waits for as many minutes without a request as it is told", () => {
        expect(only("no-traffic", watched(), { noTrafficMinutes: 15 })).to.include({ periodSeconds: 900, periods: 1 });
    });

    it("leaves out what is switched off, each by its key", () => {
        const endpoints = [watched({ multiModel: true, variants: [gpuVariant] }), watched({ kind: "asynchronous" })];
        for (const kind of ALARM_KINDS) {
            const off = { [LEVEL_KEYS[kind]]: "none" };
            expect(endpoints.flatMap((endpoint) => kinds(endpoint))).to.include(kind);
            expect(endpoints.flatMap((endpoint) => kinds(endpoint, off))).not.to.include(kind);
        }
    });
});

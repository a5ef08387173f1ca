import type { AlarmKind } from "./kinds.ts";

/** Who hears of an alarm: a topic that is there, or one that is made for these subscribers. */
export type Audience =
    | { readonly topic: string }
    /** E-mail addresses, each of which must confirm, and `https://` addresses. */
    | { readonly subscribers: readonly string[] };

/** A level, or `none` for no alarm. */
export type Level = number | "none";

/** A stack's alarms. What does not fit the endpoint, such as GPUs where it has none, has no alarm unless a level is set, which is refused. */
export interface AlarmSettings {
    /** Who hears of alarms. @default - a topic without subscribers */
    readonly notify?: Audience;
    /** Who is woken by those of `pageOn`. @default - as `notify` */
    readonly page?: Audience;
    /** Alarms of which one is enough to wake somebody: together they are one alarm. @default server-errors, latency, no-traffic, backlog-age */
    readonly pageOn?: readonly AlarmKind[];
    /** Requests of five minutes below which shares and latencies say nothing. @default 10 */
    readonly minRequests?: number;
    /** Percent of requests that fail by the endpoint's own fault. @default 1 */
    readonly serverErrorPercent?: Level;
    /** Of ModelLatency, p99. @default 2000 */
    readonly latencyMilliseconds?: Level;
    /** Of OverheadLatency, p99. @default 500 */
    readonly overheadMilliseconds?: Level;
    /** Of all cores, on average over instances. @default 90 */
    readonly cpuPercent?: Level;
    /** Of the fullest instance. @default 90 */
    readonly memoryPercent?: Level;
    /** Of the fullest instance; above 75 data capture may stop recording. @default 75 */
    readonly diskPercent?: Level;
    /** Of all GPUs, on average over instances. @default 95 */
    readonly gpuPercent?: Level;
    /** Of all GPUs of the fullest instance. @default 95 */
    readonly gpuMemoryPercent?: Level;
    /** Minutes without a request, 1–1440. @default 60 */
    readonly noTrafficMinutes?: Level;
    /** Percent of requests whose model was in memory, at least. @default 70 */
    readonly cacheHitPercent?: Level;
    /** Requests in the queue of an asynchronous endpoint. @default 100 */
    readonly backlogRequests?: Level;
    /** Age of the oldest request in that queue. @default 900 */
    readonly backlogAgeSeconds?: Level;
}

/** The key that sets the level of each alarm. */
export const LEVEL_KEYS = {
    "server-errors": "serverErrorPercent",
    latency: "latencyMilliseconds",
    overhead: "overheadMilliseconds",
    cpu: "cpuPercent",
    memory: "memoryPercent",
    disk: "diskPercent",
    gpu: "gpuPercent",
    "gpu-memory": "gpuMemoryPercent",
    "no-traffic": "noTrafficMinutes",
    "cache-hits": "cacheHitPercent",
    backlog: "backlogRequests",
    "backlog-age": "backlogAgeSeconds",
} as const satisfies Readonly<Record<AlarmKind, keyof AlarmSettings>>;

const DEFAULT_LEVELS: Readonly<Record<AlarmKind, number>> = {
    "server-errors": 1,
    latency: 2000,
    overhead: 500,
    cpu: 90,
    memory: 90,
    disk: 75,
    gpu: 95,
    "gpu-memory": 95,
    "no-traffic": 60,
    "cache-hits": 70,
    backlog: 100,
    "backlog-age": 900,
};

/** Alarms that wake somebody unless the settings say otherwise: callers notice what they stand for. */
export const PAGED: readonly AlarmKind[] = ["server-errors", "latency", "no-traffic", "backlog-age"];

export const MIN_REQUESTS = 10;

/** The level of an alarm; undefined where it is switched off. */
export function levelOf(settings: AlarmSettings, kind: AlarmKind): number | undefined {
    const level = settings[LEVEL_KEYS[kind]] ?? DEFAULT_LEVELS[kind];
    return level === "none" ? undefined : level;
}

/** What alarms watch. */
export const ALARM_KINDS = [
    "server-errors",
    "latency",
    "overhead",
    "cpu",
    "memory",
    "disk",
    "gpu",
    "gpu-memory",
    "no-traffic",
    "cache-hits",
    "backlog",
    "backlog-age",
] as const;

export type AlarmKind = (typeof ALARM_KINDS)[number];

/** The level at which each alarm that there is goes off. */
export type Thresholds = Readonly<Partial<Record<AlarmKind, number>>>;

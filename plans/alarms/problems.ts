import type { WatchedEndpoint } from "../watched-endpoint.ts";
import { ALARM_KINDS, type AlarmKind } from "./kinds.ts";
import { pagedAlarms, pageProblems } from "./paging.ts";
import { planAlarms } from "./plan-alarms.ts";
import { type AlarmSettings, LEVEL_KEYS, levelOf } from "./settings.ts";

/** Why an endpoint has nothing for an alarm to watch. */
function whyNot({ kind }: WatchedEndpoint, alarm: AlarmKind): string {
    if (alarm === "gpu" || alarm === "gpu-memory") return "no variant has a known number of GPUs";
    if (alarm === "cache-hits") return "no step is multi-model";
    if (alarm === "backlog" || alarm === "backlog-age") return "only an asynchronous endpoint has a queue";
    return `SageMaker publishes nothing of it for ${kind === "asynchronous" ? "an" : "a"} ${kind} endpoint`;
}

/** Every rule that the alarms of an endpoint break. */
export function alarmProblems(settings: AlarmSettings, watched: WatchedEndpoint): string[] {
    const planned = planAlarms(watched, settings);
    const kinds = new Set(planned.map(({ kind }) => kind));
    const absent = ALARM_KINDS.filter((kind) => !kinds.has(kind));
    return [
        ...absent
            .filter((kind) => settings[LEVEL_KEYS[kind]] !== undefined && levelOf(settings, kind) !== undefined)
            .map((kind) => `alarms.${LEVEL_KEYS[kind]}: ${whyNot(watched, kind)}; leave it out`),
        ...(settings.pageOn ?? [])
            .filter((kind) => absent.includes(kind))
            .map((kind) => `alarms.pageOn: there is no alarm "${kind}"; there are ${[...kinds].join(", ")}`),
        ...pageProblems(watched, pagedAlarms(planned, settings)),
    ];
}

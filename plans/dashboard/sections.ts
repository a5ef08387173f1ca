import { publishes } from "../watched-endpoint.ts";
import { instances } from "./instances.ts";
import { latency } from "./latency.ts";
import { models } from "./models.ts";
import { queue } from "./queue.ts";
import { traffic } from "./traffic.ts";
import type { Section, View } from "./view.ts";

/** What is to be seen of an endpoint, in the order in which one looks for what is wrong. */
export const sections = (view: View): Section[] => [
    traffic(view),
    ...(view.watched.kind === "asynchronous" ? [queue(view)] : []),
    latency(view),
    ...(publishes(view.watched, "ModelCacheHit") ? [models(view)] : []),
    instances(view),
];

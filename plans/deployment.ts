import type { Input } from "@pulumi/pulumi";
import type { Variant } from "./endpoint.ts";
import { LIMITS } from "./limits.ts";
import type { RollbackSettings } from "./rollback.ts";

/** A part of a fleet: percent of its capacity, or instances of each variant. */
export type FleetPart = { readonly percent: number } | { readonly instances: number };

interface AnyDeployment {
    /** Seconds after which SageMaker gives up and rolls back, 600–14400. @default - the waits and an hour */
    readonly timeoutSeconds?: number;
    /** What trips a rollback. @default - more than 1 % of requests answered with 5xx */
    readonly rollback?: RollbackSettings;
}

interface BlueGreen extends AnyDeployment {
    /** Seconds that the old fleet is kept, and the alarms watched, once the new one has all traffic, 0–3600. @default 300 */
    readonly terminationWaitSeconds?: number;
}

interface InSteps {
    /** Seconds that the alarms are watched after a step, 0–3600. @default 300 */
    readonly waitSeconds?: number;
}

/** All traffic moves to the new fleet in one step. */
export interface AllAtOnce extends BlueGreen {
    readonly type: "all-at-once";
}

/** A small part first, then the rest. */
export interface Canary extends BlueGreen, InSteps {
    readonly type: "canary";
    /** Of the new fleet that gets traffic first, at most half. */
    readonly size: FleetPart;
}

/** In steps of one size. */
export interface Linear extends BlueGreen, InSteps {
    readonly type: "linear";
    /** Of the new fleet that each step adds, 10–50 %. */
    readonly size: FleetPart;
}

/** In batches, of which the old instances end before the next begins: no second fleet is needed. */
export interface Rolling extends AnyDeployment, InSteps {
    readonly type: "rolling";
    /** Of the fleet that each batch replaces, 5–50 %. */
    readonly size: FleetPart;
    /** Of the fleet that each batch of a rollback brings back, 5–100 %. @default - all of it at once */
    readonly rollbackSize?: FleetPart;
}

/** How the endpoint moves to a new configuration, told apart by `type`. */
export type Deployment = AllAtOnce | Canary | Linear | Rolling;

/** A variant with its defaults. */
export type FullVariant = Variant & Required<Pick<Variant, "instanceType" | "instanceCount">>;

const WAIT_SECONDS = 300;

/** How many steps of a size a fleet takes. */
function steps(size: FleetPart, variants: readonly FullVariant[]): number {
    if ("percent" in size) return Math.ceil(100 / size.percent);
    return Math.max(...variants.map(({ instanceCount }) => Math.ceil(instanceCount / size.instances)));
}

/** Seconds of all waits of a deployment, which takes that long at least. */
export function waitsSeconds(deployment: Deployment, variants: readonly FullVariant[]): number {
    const { type } = deployment;
    const wait = type === "all-at-once" ? 0 : (deployment.waitSeconds ?? WAIT_SECONDS);
    const termination = type === "rolling" ? 0 : (deployment.terminationWaitSeconds ?? WAIT_SECONDS);
    switch (type) {
        case "all-at-once":
            return termination;
        case "canary":
            return wait + termination;
        case "linear": // the last step is followed by the termination wait
            return (steps(deployment.size, variants) - 1) * wait + termination;
        case "rolling":
            return steps(deployment.size, variants) * wait;
    }
}

const capacity = (part: FleetPart) =>
    "percent" in part
        ? { type: "CAPACITY_PERCENT", value: part.percent }
        : { type: "INSTANCE_COUNT", value: part.instances };

/** What Endpoint takes as deploymentConfig; `alarmNames` trip a rollback. */
export function planDeployment(
    deployment: Deployment,
    variants: readonly FullVariant[],
    alarmNames: readonly Input<string>[],
) {
    const autoRollbackConfiguration = { alarms: alarmNames.map((alarmName) => ({ alarmName })) };
    const maximumExecutionTimeoutInSeconds =
        deployment.timeoutSeconds ?? waitsSeconds(deployment, variants) + LIMITS.endpointUpdateSeconds;
    if (deployment.type === "rolling") {
        return {
            autoRollbackConfiguration,
            rollingUpdatePolicy: {
                maximumBatchSize: capacity(deployment.size),
                ...(deployment.rollbackSize && { rollbackMaximumBatchSize: capacity(deployment.rollbackSize) }),
                waitIntervalInSeconds: deployment.waitSeconds ?? WAIT_SECONDS,
                maximumExecutionTimeoutInSeconds,
            },
        };
    }
    return {
        autoRollbackConfiguration,
        blueGreenUpdatePolicy: {
            trafficRoutingConfiguration: routing(deployment),
            terminationWaitInSeconds: deployment.terminationWaitSeconds ?? WAIT_SECONDS,
            maximumExecutionTimeoutInSeconds,
        },
    };
}

function routing(deployment: AllAtOnce | Canary | Linear) {
    if (deployment.type === "all-at-once") return { type: "ALL_AT_ONCE", waitIntervalInSeconds: 0 };
    const waitIntervalInSeconds = deployment.waitSeconds ?? WAIT_SECONDS;
    const size = capacity(deployment.size);
    return deployment.type === "canary"
        ? { type: "CANARY", canarySize: size, waitIntervalInSeconds }
        : { type: "LINEAR", linearStepSize: size, waitIntervalInSeconds };
}

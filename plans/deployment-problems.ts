import {
    type Canary,
    type Deployment,
    type FleetPart,
    type FullVariant,
    type Linear,
    type Rolling,
    waitsSeconds,
} from "./deployment.ts";
import { LIMITS, type Range } from "./limits.ts";
import { ALARM_SECONDS, rollbackProblems, watches } from "./rollback.ts";

const SIZES: Readonly<Record<"canary" | "linear" | "rolling", Range>> = {
    canary: LIMITS.canaryPercent,
    linear: LIMITS.linearPercent,
    rolling: LIMITS.rollingPercent,
};

/** Why a part is none that SageMaker takes of these variants. */
function sizeProblems(key: string, size: FleetPart, range: Range, variants: readonly FullVariant[]): string[] {
    if ("percent" in size) {
        if (size.percent >= range.min && size.percent <= range.max) return [];
        return [`deployment: ${key} is ${size.percent} percent; accepted: ${range.min} to ${range.max}`];
    }
    return variants.flatMap(({ name, instanceCount }) => {
        const percent = (100 * size.instances) / instanceCount;
        if (percent >= range.min && percent <= range.max) return [];
        const [min, max] = [range.min, range.max].map((limit) => (limit * instanceCount) / 100);
        const accepted = `${Math.max(1, Math.ceil(min ?? 0))} to ${Math.floor(max ?? 0)}`;
        return [
            `deployment: ${key} is ${size.instances} of the ${instanceCount} instances of variant "${name}"; ` +
                `accepted: ${range.min} to ${range.max} % of them, which is ${accepted}`,
        ];
    });
}

/** Why the deployment's steps are none that these variants can take. */
function stepProblems(deployment: Canary | Linear | Rolling, variants: readonly FullVariant[]): string[] {
    const { type, size } = deployment;
    const single = variants.filter(({ instanceCount }) => instanceCount < 2);
    if (single.length > 0) {
        return single.map(
            ({ name }) =>
                `deployment: ${type} moves traffic in parts of at most half a fleet, and variant "${name}" has 1 instance; ` +
                "give it 2 or more, or take type all-at-once",
        );
    }
    return [
        ...sizeProblems("size", size, SIZES[type], variants),
        ...(type === "rolling" && deployment.rollbackSize !== undefined
            ? sizeProblems("rollbackSize", deployment.rollbackSize, LIMITS.rollbackPercent, variants)
            : []),
    ];
}

/** Why the waits do not fit together, nor into the time that there is. */
function timeProblems(deployment: Deployment, variants: readonly FullVariant[]): string[] {
    const waits = waitsSeconds(deployment, variants);
    const { timeoutSeconds } = deployment;
    const problems: string[] = [];
    if (waits >= LIMITS.endpointUpdateSeconds) {
        problems.push(
            `deployment: its waits take ${waits} s together, and the provider gives up on an update after ` +
                `${LIMITS.endpointUpdateSeconds} s; shorten them, or take larger steps`,
        );
    }
    if (timeoutSeconds !== undefined && timeoutSeconds <= waits) {
        problems.push(
            `deployment: its waits take ${waits} s together, and timeoutSeconds is ${timeoutSeconds}; it must be longer, ` +
                "by what new instances need to start",
        );
    }
    const needed = watches(deployment.rollback) ? ALARM_SECONDS : 0;
    if (waits < needed) {
        const key = deployment.type === "all-at-once" ? "terminationWaitSeconds" : "waitSeconds";
        problems.push(
            `deployment: its waits take ${waits} s together, and its alarms need ${needed} s to trip, so nothing would ` +
                `be rolled back; raise ${key}`,
        );
    }
    return problems;
}

/** Why SageMaker would not take the guardrails, or silently do without them. */
function exclusionProblems({ type }: Deployment, variants: readonly FullVariant[]): string[] {
    const problems = variants
        .filter(({ instanceType }) => instanceType.startsWith("ml.inf1."))
        .map(
            ({ name, instanceType }) =>
                `deployment: variant "${name}" is on ${instanceType}, for which SageMaker moves all traffic at once without ` +
                "watching alarms; take another instance type, or leave deployment out",
        );
    if (type === "rolling" && variants.length > 1) {
        problems.push(
            `deployment: rolling is for endpoints with one variant, and this one has ${variants.length}; take linear`,
        );
    }
    return problems;
}

/**
 * Every rule that the deployment of an endpoint breaks.
 * @param variants with their defaults
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-exclusions.html
 */
export function deploymentProblems(deployment: Deployment | undefined, variants: readonly FullVariant[]): string[] {
    if (deployment === undefined) return [];
    const ofSteps = deployment.type === "all-at-once" ? [] : stepProblems(deployment, variants);
    return [
        ...ofSteps,
        ...(ofSteps.length > 0 ? [] : timeProblems(deployment, variants)),
        ...exclusionProblems(deployment, variants),
        ...rollbackProblems(deployment.rollback, variants),
    ];
}

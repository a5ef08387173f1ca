import { isBurstable } from "./burstable.ts";
import { type EndpointSettings, hostings } from "./endpoint.ts";
import { repeated } from "./repeated.ts";
import { activeScaling, type ScheduledAction, type Scaling, type Timing, widestBounds } from "./scaling.ts";

/** Types that earn CPU credits: their speed changes while the load does not. */
/** Every rule that the scaling of an endpoint's variants breaks. */
export function scalingProblems(endpoint: EndpointSettings): string[] {
    const given = [
        { path: "endpoint.scaling", scaling: activeScaling(endpoint.scaling) },
        ...(endpoint.variants ?? []).map((variant, index) => ({
            path: variantPath(index),
            scaling: activeScaling(variant.scaling),
        })),
    ];
    return [
        ...given.flatMap(({ path, scaling }) =>
            scaling === undefined
                ? []
                : [...ownProblems(path, scaling), ...asyncScalingProblems(path, scaling, endpoint)],
        ),
        ...hostings(endpoint).flatMap((hosting, index) => {
            const scaling = activeScaling(hosting.scaling);
            if (scaling === undefined) return [];
            const own = endpoint.variants?.[index]?.scaling !== undefined;
            return hostingProblems(own ? variantPath(index) : "endpoint.scaling", hosting, scaling);
        }),
    ];
}

const variantPath = (index: number): string => `endpoint.variants[${index}].scaling`;

/** What a variant's instances have against being scaled. */
function hostingProblems(
    path: string,
    { name, instanceType, instanceCount }: ReturnType<typeof hostings>[number],
    { min, max }: Scaling,
): string[] {
    const problems: string[] = [];
    if (isBurstable(instanceType)) {
        problems.push(
            `${path}: variant "${name}" has instanceType ${instanceType}, which is burstable: by its CPU credits it takes more load ` +
                "without more instances, so SageMaker does not scale it; take another type, such as ml.m5.large, or scaling: none",
        );
    }
    if (min <= max && (instanceCount < min || instanceCount > max)) {
        problems.push(
            `${path}: variant "${name}" starts with instanceCount ${instanceCount}, outside of min ${min} to max ${max}`,
        );
    }
    return problems;
}

/** What does not fit together of scaling and of how requests come, one by one or from a queue. */
function asyncScalingProblems(path: string, scaling: Scaling, { async, variants = [] }: EndpointSettings): string[] {
    const problems: string[] = [];
    const [metric = ""] = Object.keys(scaling.target ?? {});
    const fromQueue = metric === "backlogPerInstance";
    const toZero = widestBounds(scaling).min === 0;
    if (async === undefined && toZero) {
        problems.push(`${path}: min 0 is for asynchronous endpoints, where requests wait for an instance; at least 1`);
    }
    if (async === undefined && fromQueue) {
        problems.push(
            `${path}.target.backlogPerInstance: is of asynchronous endpoints, and endpoint.async is not there`,
        );
    }
    if (async !== undefined && metric !== "" && !fromQueue) {
        problems.push(`${path}.target.${metric}: asynchronous endpoints have no such metric; give backlogPerInstance`);
    }
    if (async !== undefined && variants.length > 1 && (fromQueue || toZero)) {
        problems.push(
            `${path}: the backlog is one of the whole endpoint, so each of its ${variants.length} variants would be scaled by all ` +
                "of it; give one variant",
        );
    }
    return problems;
}

/** What is wrong with it whatever it scales. */
function ownProblems(path: string, scaling: Scaling): string[] {
    const { min, max, target, schedule = [] } = scaling;
    const problems: string[] = [];
    if (min > max) problems.push(`${path}.min: ${min} is over max ${max}`);
    if (target === undefined && schedule.length === 0) {
        problems.push(`${path}: has neither target nor schedule, so that nothing would scale; give one of them`);
    }
    if (target === undefined) {
        for (const key of ["scaleOutCooldownSeconds", "scaleInCooldownSeconds"] as const) {
            if (scaling[key] !== undefined)
                problems.push(`${path}.${key}: belongs to a target, of which there is none`);
        }
    }
    for (const name of repeated(schedule.map((action) => action.name))) {
        problems.push(`${path}.schedule: name "${name}" is there twice; names are unique in a variant`);
    }
    return [
        ...problems,
        ...schedule.flatMap((action, index) => actionProblems(`${path}.schedule[${index}]`, action, scaling)),
    ];
}

function actionProblems(path: string, action: ScheduledAction & Timing, scaling: Scaling): string[] {
    const { min = scaling.min, max = scaling.max } = action;
    if (action.min === undefined && action.max === undefined) {
        return [`${path}: has neither min nor max, so that nothing would change; give one of them or both`];
    }
    // both given, or one against the bound that stays; that the bounds themselves are in order is said elsewhere
    const isOwn = (action.min !== undefined && action.max !== undefined) || scaling.min <= scaling.max;
    if (min <= max || !isOwn) return [];
    const bound = (value: number, own: number | undefined) =>
        own === undefined ? `${value} of scaling` : String(value);
    return [`${path}.min: ${bound(min, action.min)} is over max ${bound(max, action.max)}`];
}

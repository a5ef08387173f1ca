import type { Input } from "@pulumi/pulumi";
import { type EndpointSettings, type Hosting, hostings, planVariants } from "./endpoint.ts";
import { activeScaling } from "./scaling.ts";
import type { Step } from "./step.ts";

/** A variant that gets copies of requests, and whose answers nobody sees; what it leaves out is as the endpoint says. */
export interface Shadow extends Hosting {
    /** Unlike the production variant's. */
    readonly name: string;
    /** Percent of the production variant's requests that are copied, 1–100. @default 100 */
    readonly samplingPercent?: number;
    /** Name of the SageMaker model that it serves, which is there already. @default - the endpoint's own */
    readonly modelName?: string;
}

/**
 * Every rule that the shadow of an endpoint with these steps breaks.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests-exclusions.html
 */
export function shadowProblems(endpoint: EndpointSettings, steps: readonly Step[]): string[] {
    const { shadow, deployment } = endpoint;
    if (shadow === undefined) return [];
    const production = hostings(endpoint);
    const what = `shadow "${shadow.name}"`;
    const problems: string[] = [];
    if (production.length > 1) {
        problems.push(`${what}: SageMaker takes it beside one production variant, and there are ${production.length}`);
    }
    if (production.some(({ name }) => name === shadow.name)) {
        problems.push(`${what}: a production variant has that name; names are unique in an endpoint`);
    }
    if (steps.length > 1) {
        problems.push(`${what}: SageMaker has none for models of several containers, and this one has ${steps.length}`);
    }
    if (steps.some(({ multiModel }) => multiModel !== undefined)) {
        problems.push(`${what}: SageMaker has none for containers with many models`);
    }
    for (const { instanceType } of [...production, { instanceType: "", ...shadow }]) {
        if (instanceType.startsWith("ml.inf1."))
            problems.push(`${what}: SageMaker has none on Inf1 instances, such as ${instanceType}`);
    }
    if (endpoint.async !== undefined) {
        problems.push(`${what}: SageMaker has none for asynchronous endpoints`);
    }
    if (activeScaling(shadow.scaling) !== undefined) {
        problems.push(`${what}: scaling is for variants in production; leave it out`);
    }
    if (deployment?.type === "rolling") {
        problems.push(`${what}: a rolling deployment is for endpoints with one variant; take linear, or leave it out`);
    }
    return problems;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** What EndpointConfiguration takes as variants: those in production, and the shadow, if there is one. */
export function planFleets({ shadow, ...endpoint }: EndpointSettings, modelName: Input<string>) {
    if (shadow === undefined) return { productionVariants: planVariants(endpoint, modelName) };
    const { samplingPercent = 100, modelName: other, ...hosting } = shadow;
    // the share is the quotient of the weights; whole numbers are kept as they are
    const divisor = greatestDivisor(100, samplingPercent);
    const production = hostings(endpoint).map((variant) => ({ ...variant, weight: 100 / divisor }));
    return {
        productionVariants: planVariants({ ...endpoint, variants: production }, modelName),
        shadowProductionVariants: planVariants(
            { ...endpoint, variants: [{ ...hosting, weight: samplingPercent / divisor }] },
            other ?? modelName,
        ),
    };
}

/** What to say of weights that SageMaker does not keep as they are. */
export const weightAdvice = (endpoint: EndpointSettings): string[] =>
    hostings(endpoint)
        .filter(({ weight }) => Math.fround(weight) !== weight)
        .map(
            ({ name, weight }) =>
                `variant "${name}": SageMaker keeps weight ${weight} as ${Math.fround(weight)}, and the configuration is then ` +
                "replaced at each update; weights are relative, so take whole numbers: 9 and 1 in the place of 0.9 and 0.1",
        );

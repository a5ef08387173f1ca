import type { z } from "zod";
import type { Environment } from "./environment.ts";
import type { Level } from "./level.ts";
import type { Resource } from "./resource.ts";
import type { Result } from "./result.ts";
import type { StackGraph } from "./stack-graph.ts";

/** Who asks for it. `ours`: no public control does, and SageMaker or experience do. */
export type Standard = "Security Hub" | "AWS Config" | "Checkov" | "CIS" | "cfn_nag" | "cdk-nag" | "Prowler" | "ours";

/** A control that a rule answers to. */
export interface Control {
    readonly standard: Standard;
    /** As the standard writes it, such as `SageMaker.4`; for `ours`, where the demand comes from. */
    readonly id: string;
}

/** What a user may set of a rule: zod schemas with `.describe()` and `.default()` each. */
export type Options = Readonly<Record<string, z.ZodType>>;

export interface Context<O extends Options = Options> {
    readonly options: { readonly [K in keyof O]: z.output<O[K]> };
}

interface Description<O extends Options> {
    /** In kebab case and unique: `SERVICE-WHAT-IS-CHECKED`. */
    readonly id: string;
    /** One sentence that says what holds where nothing is wrong. */
    readonly title: string;
    /** What goes wrong otherwise, for somebody who has to decide. */
    readonly why: string;
    readonly controls: readonly [Control, ...Control[]];
    /** One sentence that says what to do; it follows each message. */
    readonly remediation: string;
    /** One for all environments, or one for each. */
    readonly level: Level | Readonly<Record<Environment, Level>>;
    /** @default - none but exemptions, which every rule has */
    readonly options?: O;
}

/** Looks at one resource at a time, before it is deployed. */
export interface ResourceRule<O extends Options = Options> extends Description<O> {
    /** The types it looks at. */
    readonly types: readonly [string, ...string[]];
    readonly check: (resource: Resource, context: Context<O>) => readonly Result[];
}

/** Looks at all resources together, once they are all there. */
export interface StackRule<O extends Options = Options> extends Description<O> {
    readonly check: (stack: StackGraph, context: Context<O>) => readonly Result[];
}

export type Rule = (ResourceRule | StackRule) & { readonly kind: "resource" | "stack" };

export const resourceRule = <const O extends Options = Options>(rule: ResourceRule<O>): Rule => ({
    ...(rule as unknown as ResourceRule),
    kind: "resource",
});

export const stackRule = <const O extends Options = Options>(rule: StackRule<O>): Rule => ({
    ...(rule as unknown as StackRule),
    kind: "stack",
});

import type { Environment } from "./environment.ts";
import type { Rule } from "./rule.ts";

/** What a violation does: `mandatory` stops the deployment, `advisory` is told, `disabled` is not looked for. */
export type Level = "advisory" | "mandatory" | "disabled";

type Levels = Readonly<Record<Environment, Level>>;

/** Told everywhere, and not let through to production. */
export const RAISED: Levels = { dev: "advisory", staging: "advisory", prod: "mandatory" };

/** What a stack of one's own does without: told in staging, not let through to production. */
export const IN_PROD: Levels = { dev: "disabled", staging: "advisory", prod: "mandatory" };

/** What makes sense where customers are alone, and stops there. */
export const ONLY_IN_PROD: Levels = { dev: "disabled", staging: "disabled", prod: "mandatory" };

/** A hint for production that is right for some and wrong for others. */
export const HINT_IN_PROD: Levels = { dev: "disabled", staging: "disabled", prod: "advisory" };

export const levelIn = ({ level }: Pick<Rule, "level">, environment: Environment): Level =>
    typeof level === "string" ? level : level[environment];

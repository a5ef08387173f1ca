import { z } from "zod";
import type { Environment } from "./environment.ts";
import { type Exemption, exemption } from "./exemption.ts";
import { type Level, levelIn } from "./level.ts";
import type { Context, Rule } from "./rule.ts";

/** What a user has set of a rule, and the defaults for the rest. */
export interface Settings {
    readonly options: Context["options"];
    readonly exemptions: readonly Exemption[];
}

const exemptions = z
    .array(exemption)
    .default([])
    .describe("Resources that may break the rule, each for a reason and until a date.");

const schemaOf = ({ options = {} }: Rule) => z.strictObject({ ...options, exemptions });

/** The rule's options as the JSON schema by which Pulumi checks a policy's configuration. */
export function configSchema(rule: Rule): Readonly<Record<string, unknown>> {
    return z.toJSONSchema(schemaOf(rule), { target: "draft-7", io: "input" }).properties ?? {};
}

/** @throws with every problem, where the configuration is none that the rule takes */
export function settingsOf(rule: Rule, given: Readonly<Record<string, unknown>>): Settings {
    const parsed = schemaOf(rule).safeParse(given);
    if (!parsed.success) {
        const problems = parsed.error.issues.map(({ path, message }) => `${[rule.id, ...path].join(".")}: ${message}`);
        const error = new Error(`the policies' configuration has a problem:\n  ${problems.join("\n  ")}`);
        error.stack = error.message; // Pulumi prints the stack, and the user is to mend a file
        throw error;
    }
    const { exemptions, ...options } = parsed.data;
    return { options, exemptions };
}

/** A file of Pulumi's --policy-pack-config: a level, or a level and options, by the rule's id; `all` for every rule's level. */
export type PackConfig = Readonly<Record<string, unknown>>;

/** What a configuration file says of a rule, as Pulumi reads it. */
export function configured(rule: Rule, config: PackConfig, environment: Environment) {
    const read = (key: string): { enforcementLevel?: unknown } & Record<string, unknown> => {
        const entry = config[key] ?? {};
        return typeof entry === "object" ? { ...entry } : { enforcementLevel: entry };
    };
    const { enforcementLevel, ...options } = read(rule.id);
    const level = enforcementLevel ?? read("all").enforcementLevel ?? levelIn(rule, environment);
    if (!isLevel(level)) {
        throw new Error(
            `${rule.id}: enforcementLevel is ${JSON.stringify(level)}; accepted: advisory, mandatory, disabled`,
        );
    }
    return { level, settings: settingsOf(rule, options) };
}

const isLevel = (value: unknown): value is Level => ["advisory", "mandatory", "disabled"].includes(value as string);

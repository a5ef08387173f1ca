import type { z } from "zod";
import { nearest } from "./nearest.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** `steps[0].image.build` */
function keyPath(prefix: string, path: Path): string {
    const tail = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
    return prefix.endsWith(":") ? prefix + tail.replace(/^\./, "") : prefix + tail;
}

const at = (raw: unknown, path: Path): unknown =>
    path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);

/** What was found, short enough for one line. */
function found(value: unknown): string {
    if (value === undefined) return "missing";
    if (Array.isArray(value)) return `found a list of ${value.length}`;
    if (typeof value === "object" && value !== null) {
        const keys = Object.keys(value);
        return keys.length === 0
            ? "found an empty mapping"
            : `found a mapping with ${keys.map((key) => `"${key}"`).join(", ")}`;
    }
    const shown = JSON.stringify(value);
    return `found ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}`;
}

/** The form of a union whose key the value has, when it has just one of them: then its own issues say more than the union's. */
function chosenForm(issue: Issue & { code: "invalid_union" }): readonly Issue[] | undefined {
    const inside = issue.errors.filter((issues) => issues.every(isInside));
    const named = inside.filter((issues) => !issues.some(isMissingForm));
    return named.length === 1 ? named[0] : undefined;
}

/** `, did you mean "steps"?` where the accepted names, listed by commas, have one near. */
function hint(name: string, accepted: string): string {
    const meant = accepted.split(", ").includes(name) ? undefined : nearest(name, accepted.split(", "));
    return meant === undefined ? "" : `, did you mean "${meant}"?`;
}

/** It is about what is in the value, not about the value's kind. */
const isInside = ({ path, code }: Issue): boolean => path.length > 0 || code === "unrecognized_keys";

/** A form's own key is missing, so the value has another form. */
const isMissingForm = (issue: Issue): boolean =>
    issue.path.length === 1 && issue.code === "invalid_type" && issue.input === undefined;

/**
 * One line for each thing an issue of the schema says: the key's path, what was found, what is accepted.
 * @param prefix what stands before every path, such as `serial-inference:`
 * @param raw the value the schema was given
 */
export function describeIssue(issue: Issue, prefix: string, raw: unknown, base: Path = []): string[] {
    const path = [...base, ...issue.path];
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
        const chosen = chosenForm(issue);
        if (chosen !== undefined) return chosen.flatMap((inner) => describeIssue(inner, prefix, raw, path));
        const value = at(raw, path);
        if (issue.message.includes("; or "))
            return [`${keyPath(prefix, path)}: ${found(value)}; accepted: ${issue.message}`];
        const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
        const meant = keys.length === 1 ? hint(keys.join(), issue.message) : "";
        return [
            `${keyPath(prefix, path)}: ${found(value)}${meant}; accepted: a mapping with exactly one of ${issue.message}`,
        ];
    }
    if (issue.code === "unrecognized_keys") {
        return issue.keys.map(
            (key) =>
                `${keyPath(prefix, [...path, key])}: unknown key${hint(key, issue.message)}; accepted: ${issue.message}`,
        );
    }
    const value = at(raw, path);
    const meant = typeof value === "string" ? hint(value, issue.message) : "";
    return [`${keyPath(prefix, path)}: ${found(value)}${meant}; accepted: ${issue.message}`];
}

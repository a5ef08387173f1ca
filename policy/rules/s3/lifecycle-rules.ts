import type { Fields } from "../../framework/fields.ts";
import type { Resource } from "../../framework/resource.ts";

/** The rules of a lifecycle that are in force. */
export const lifecycleRules = ({ properties }: Resource): Fields[] =>
    properties.blocks("rules").filter((rule) => rule.text("status") === "Enabled");

const LETTING_GO = [
    "expiration",
    "noncurrentVersionExpiration",
    "transitions",
    "noncurrentVersionTransitions",
    "noncurrentVersionTransition",
];

/** Whether a rule deletes objects, or moves them to where they cost less. */
export const letsGo = (rule: Fields): boolean =>
    LETTING_GO.some((key) => rule.has(key) && (rule.block(key)?.keys().length ?? rule.blocks(key).length) > 0);

/** Whether a rule is for all objects. */
export function isForAllObjects(rule: Fields): boolean {
    const filter = rule.block("filter");
    const prefix = filter?.text("prefix") ?? rule.text("prefix") ?? "";
    return prefix === "" && (filter?.keys().filter((key) => key !== "prefix").length ?? 0) === 0;
}

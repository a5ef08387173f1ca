import { z } from "zod";
import { eachResource } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import { stackRule } from "../../framework/rule.ts";
import { TAGGED } from "./tagged-types.ts";

/** The resource's own tags, and those that the provider gives every resource. */
const tagsOf = (properties: Fields): Fields | undefined => properties.block("tagsAll") ?? properties.block("tags");

export const requiredTags = stackRule({
    id: "required-tags",
    title: "Whatever takes tags has those that are required.",
    why: "Cost reports, clean-ups and whoever is called at night find out by tags whose a resource is.",
    controls: [{ standard: "AWS Config", id: "required-tags" }],
    remediation: "Give the tags in the resource, or to all resources by the provider's defaultTags.",
    level: "mandatory",
    options: { keys: z.array(z.string()).default([]).describe("Keys of the tags, such as Owner; empty: none.") },
    check: (stack, { options: { keys } }) => {
        if (keys.length === 0) return [];
        return eachResource(stack.ofType(...TAGGED), ({ properties }) => {
            const tags = tagsOf(properties);
            const missing = keys.filter((key) => (tags?.text(key) ?? "") === "");
            if (missing.length === 0) return [];
            return [
                properties.problem(
                    "tags",
                    `lacks ${missing.join(", ")}; accepted: ${keys.join(", ")}, each with a value`,
                ),
            ];
        });
    },
});

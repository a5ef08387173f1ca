import { z } from "zod";
import { each } from "../../framework/each.ts";
import { matchesAny } from "../../framework/glob.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./types.ts";

export const modelImageRegistry = resourceRule({
    id: "model-image-registry",
    title: "The images of a model come from registries that are allowed.",
    why: "Whoever can write to a registry decides what runs with the endpoint's role and sees its requests.",
    controls: [{ standard: "ours", id: "allow-list" }],
    remediation: "Copy the image to a registry of your own, or allow its registry.",
    level: "mandatory",
    options: {
        allowed: z
            .array(z.string())
            .default([])
            .describe("Registries, such as 123456789012.dkr.ecr.*.amazonaws.com; empty: any."),
    },
    types: [MODEL],
    check: ({ properties: model }, { options: { allowed } }) => {
        if (allowed.length === 0) return [];
        return each(containersOf(model), (container) => {
            const registry = container.text("image")?.split("/")[0];
            if (registry === undefined || matchesAny(allowed, registry)) return [];
            return [container.problem("image", `comes from ${registry}; accepted: ${allowed.join(", ")}`)];
        });
    },
});

import { z } from "zod";
import { each } from "../../framework/each.ts";
import { matchesAny } from "../../framework/glob.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { variantsOf } from "./variants.ts";

export const endpointConfigurationInstanceTypes = resourceRule({
    id: "endpoint-configuration-instance-types",
    title: "Variants are on instance types that are allowed.",
    why: "A type is a price: one letter more can be a hundred times as much an hour, until somebody reads the bill.",
    controls: [{ standard: "ours", id: "allow-list" }],
    remediation: "Take an allowed type, or allow this one.",
    level: "mandatory",
    options: {
        allowed: z
            .array(z.string())
            .default([])
            .describe("Instance types, such as ml.m5.large or ml.c7i.*; empty: any."),
    },
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }, { options: { allowed } }) => {
        if (allowed.length === 0) return [];
        return each(variantsOf(configuration), (variant) => {
            const instanceType = variant.text("instanceType");
            if (instanceType === undefined || matchesAny(allowed, instanceType)) return [];
            return [variant.problem("instanceType", `is ${instanceType}; accepted: ${allowed.join(", ")}`)];
        });
    },
});

import { z } from "zod";
import { matchesAny } from "../../framework/glob.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT, ENDPOINT_CONFIGURATION, MODEL } from "./types.ts";

export const hostingRegion = resourceRule({
    id: "hosting-region",
    title: "What is hosted is in a region that is allowed.",
    why: "Where requests are answered is where they are processed, which contracts and law may fix.",
    controls: [{ standard: "ours", id: "allow-list" }],
    remediation: "Deploy to an allowed region, or allow this one.",
    level: "mandatory",
    options: {
        allowed: z.array(z.string()).default([]).describe("Regions, such as eu-west-1 or eu-*; empty: any."),
    },
    types: [MODEL, ENDPOINT_CONFIGURATION, ENDPOINT],
    check: ({ properties, region: found }, { options: { allowed } }) => {
        if (allowed.length === 0) return [];
        if (found === undefined) {
            return [
                properties.problem("region", `is not said by resource or provider; accepted: ${allowed.join(", ")}`),
            ];
        }
        return matchesAny(allowed, found)
            ? []
            : [properties.problem("region", `is ${found}; accepted: ${allowed.join(", ")}`)];
    },
});

import { parseSettings } from "../../config/schema.ts";
import { PlanError } from "../../plans/plan-error.ts";
import type { Settings } from "../../plans/settings.ts";

/** The endpoint of a stack file whose `serial-inference:endpoint` is this. @throws {PlanError} as parseSettings does */
export const endpointOf = (endpoint: unknown): Settings["endpoint"] =>
    parseSettings(
        {
            "serial-inference:pattern": "inference-container",
            "serial-inference:steps": JSON.stringify([{ name: "digits", image: { mirror: "image" } }]),
            "serial-inference:endpoint": JSON.stringify(endpoint),
        },
        "Pulumi.test.yaml",
    ).endpoint;

/** What is wrong with it, by paths below `endpoint`. */
export function endpointProblems(endpoint: unknown): readonly string[] {
    try {
        endpointOf(endpoint);
    } catch (error) {
        if (error instanceof PlanError)
            return error.problems.map((problem) => problem.replace("serial-inference:endpoint.", ""));
        throw error;
    }
    return [];
}

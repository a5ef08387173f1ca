import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { PlanError } from "../plans/plan-error.ts";
import type { RegistrySettings } from "../plans/registry/settings.ts";

/**
 * Reads the figures of a model's quality, where they are of this machine. Offline they may be missing, since it is by serving the stack
 * offline that they are measured.
 * @throws {PlanError} where there is no such file, or it is no JSON
 */
export async function checkMetrics(registry: RegistrySettings | undefined): Promise<void> {
    const metrics = registry?.metrics;
    if (metrics === undefined || "uri" in metrics) return;
    const { path } = metrics;
    if (existsSync(path)) {
        refuseOtherThanJson(path);
        return;
    }
    const problem = `there is no file "${path}"; npm run evaluate -- --output ${path} writes one for stacks that have an evaluate.py`;
    if (pulumi.runtime.hasEngine()) throw new PlanError("registry.metrics", [problem]);
    await pulumi.log.warn(`registry.metrics: ${problem}`);
}

function refuseOtherThanJson(path: string): void {
    try {
        JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
        throw new PlanError("registry.metrics", [`"${path}" is no JSON file: ${(error as Error).message}`]);
    }
}

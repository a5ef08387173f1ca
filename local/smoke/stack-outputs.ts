import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PlanError } from "../../plans/plan-error.ts";

/** What a smoke test needs to know of a stack that was deployed. */
export interface DeployedEndpoint {
    readonly endpointName: string;
    /** The configuration that the endpoint should be on. */
    readonly endpointConfigName: string;
}

/**
 * Reads a stack's outputs with the Pulumi CLI.
 * @throws {PlanError} where there is no CLI, no such stack, or the stack has no endpoint
 */
export async function stackOutputs(root: string, stack: string): Promise<DeployedEndpoint> {
    const subject = `stack "${stack}"`;
    const args = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
    const { stdout } = await promisify(execFile)("pulumi", args, { cwd: root }).catch((error: unknown) => {
        const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: string };
        if (code === "ENOENT")
            throw new PlanError(subject, [
                "there is no pulumi on PATH to read its outputs with; for a local host give --endpoint-url",
            ]);
        throw new PlanError(subject, [`pulumi does not give its outputs: ${(stderr ?? String(error)).trim()}`]);
    });
    const { endpointName, endpointConfigName } = JSON.parse(stdout) as Partial<Record<string, unknown>>;
    if (typeof endpointName === "string" && typeof endpointConfigName === "string")
        return { endpointName, endpointConfigName };
    throw new PlanError(subject, ["its outputs name no endpoint; run pulumi up first"]);
}

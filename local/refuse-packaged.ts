import { PlanError } from "../plans/plan-error.ts";
import type { HostedModel } from "./graph/hosted-model.ts";

/** @throws {PlanError} for a model that a registered version brings, since nothing of it is on this machine */
export function refusePackaged(models: readonly HostedModel[], stack: string): void {
    const packaged = models.find(({ modelPackage }) => modelPackage !== undefined);
    if (packaged === undefined) return;
    throw new PlanError(`stack "${stack}"`, [
        `serial-inference:modelPackage: its containers are those of ${packaged.modelPackage ?? ""}, and nothing of them is on this machine; ` +
            "serve the stack that registers them",
    ]);
}

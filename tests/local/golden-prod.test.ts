import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import { deployPattern } from "../../patterns/index.ts";
import { STACK_TAG } from "../../plans/tags.ts";
import { AS_PROD, configAsProd } from "../support/as-prod.ts";
import { expectGoldenFile } from "../support/golden.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { record } from "../support/record.ts";
import { standInArtifacts } from "../support/stand-in-artifacts.ts";

/** Inputs that are worth a reviewer's look, by the type's last part; of all others the list has type and name. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
    Endpoint: ["name", "deploymentConfig"],
    EndpointConfiguration: ["productionVariants", "dataCaptureConfig"],
    Target: ["minCapacity", "maxCapacity"],
    Policy: ["policyType", "targetTrackingScalingPolicyConfiguration"],
    LogGroup: ["name", "retentionInDays", "kmsKeyId"],
    MetricAlarm: ["namespace", "metricName", "threshold"],
    CompositeAlarm: ["alarmName"],
    Dashboard: ["dashboardName"],
    Budget: ["name", "limitAmount"],
    RolePolicy: ["policy"],
};

/** `type name`, whether it is protected, and what is shown of its inputs. */
function line({ type, name, isProtected, inputs }: RecordedResource): string {
    const shown = (SHOWN[type.split(":").at(-1) ?? ""] ?? []).filter((key) => inputs[key] !== undefined);
    const picked = Object.fromEntries(shown.map((key) => [key, inputs[key]]));
    const text = shown.length === 0 ? "" : ` ${JSON.stringify(picked)}`;
    return `${type} ${name}${isProtected ? " (protected)" : ""}${text}`;
}

const root = process.cwd();
const stepsOf = (stack: string) => readStackConfig(root, stack, {}).values["serial-inference:steps"];

describe("the resources of prod", () => {
    let folder: ProjectFolder | undefined;
    afterEach(() => {
        folder?.remove();
        folder = undefined;
    });

    for (const [pattern, hosted] of Object.entries(AS_PROD)) {
        const but = hosted.because === undefined ? "" : `, but for the instances: ${hosted.because}`;
        it(`with pattern ${pattern} are those of tests/golden/prod-${pattern}.json${but}`, async () => {
            folder = projectFolder(standInArtifacts(hosted.stack));
            symlinkSync(join(root, "containers"), join(folder.path, "containers"));
            const settings = parseSettings(configAsProd(hosted), "Pulumi.prod.yaml");
            expect(settings.pattern).to.equal(pattern);
            const resources = await record(() => deployPattern(settings), [], {
                project: "serial-inference",
                stack: "prod",
                region: "us-east-1",
            });
            for (const { type, name, inputs } of resources) {
                if (!/^aws:(?!.*BucketObject)/.test(type) || !("tags" in inputs)) continue;
                expect(inputs["tags"], `${type} ${name}`).to.include({
                    Environment: "prod",
                    [STACK_TAG]: "serial-inference-prod",
                });
            }
            const listed = resources.toSorted((a, b) => a.urn.localeCompare(b.urn)).map(line);
            expectGoldenFile(join(root, `tests/golden/prod-${pattern}.json`), listed, folder.path);
        });
    }

    it("are of the same steps as those of staging, and as the sample's own stack", () => {
        for (const stack of ["staging", "pipeline"]) {
            expect(stepsOf("prod")).to.equal(stepsOf(stack));
        }
    });
});

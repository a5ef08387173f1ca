import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import { deployPattern } from "../../patterns/index.ts";
import { STACK_TAG } from "../../plans/tags.ts";
import { expectGoldenFile } from "../support/golden.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { record } from "../support/record.ts";
import { standInArtifacts } from "../support/stand-in-artifacts.ts";

interface Case {
    /** Stack whose pattern, steps and sample are hosted as prod hosts. */
    readonly stack: string;
    /** What prod's endpoint says otherwise, since the pattern does not allow it. */
    readonly endpoint?: Readonly<Record<string, unknown>>;
    readonly because?: string;
}

const PATTERNS: Readonly<Record<string, Case>> = {
    "inference-container": { stack: "dev" },
    "inference-pipeline": { stack: "pipeline" },
    "model-ensemble": { stack: "ensemble" },
    "multi-model-pipeline": { stack: "multi-model" },
    "triton-ensemble": {
        stack: "triton",
        endpoint: { instanceType: "ml.g5.xlarge", inferenceAmiVersion: "al2-ami-sagemaker-inference-gpu-3-1" },
        because: "a model of the sample's ensemble is of kind gpu, which ml.m5.large has none of",
    },
};

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
const valuesOf = (stack: string) => readStackConfig(root, stack, {}).values;
const NAMESPACE = "serial-inference:";
/** Keys that say what is hosted; all others are prod's. */
const HOSTED = ["pattern", "steps", "sample"].map((key) => NAMESPACE + key);

/** A stack's model, hosted as prod hosts. */
function asProd({ stack, endpoint }: Case) {
    const [prod, hosted] = [valuesOf("prod"), valuesOf(stack)];
    const own = Object.fromEntries(HOSTED.flatMap((key) => (hosted[key] === undefined ? [] : [[key, hosted[key]]])));
    const hosting = { ...(JSON.parse(prod[`${NAMESPACE}endpoint`] ?? "{}") as object), ...endpoint };
    return parseSettings({ ...prod, ...own, [`${NAMESPACE}endpoint`]: JSON.stringify(hosting) }, "Pulumi.prod.yaml");
}

describe("the resources of prod", () => {
    let folder: ProjectFolder | undefined;
    afterEach(() => {
        folder?.remove();
        folder = undefined;
    });

    for (const [pattern, hosted] of Object.entries(PATTERNS)) {
        const but = hosted.because === undefined ? "" : `, but for the instances: ${hosted.because}`;
        it(`with pattern ${pattern} are those of tests/golden/prod-${pattern}.json${but}`, async () => {
            folder = projectFolder(standInArtifacts(hosted.stack));
            symlinkSync(join(root, "containers"), join(folder.path, "containers"));
            const settings = asProd(hosted);
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
            expect(valuesOf("prod")[`${NAMESPACE}steps`]).to.equal(valuesOf(stack)[`${NAMESPACE}steps`]);
        }
    });
});

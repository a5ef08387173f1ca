import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type PolicyEvent } from "@pulumi/pulumi/automation/index.js";
import { expect } from "chai";

const PACK = join(process.cwd(), "policy");

/** Somebody else's program, with mistakes that the pack is for. */
const PROGRAM = `
import * as aws from "@pulumi/aws";
const role = new aws.iam.Role("api", { assumeRolePolicy: "{}" });
const model = new aws.sagemaker.Model("api", {
    name: "fixed",
    executionRoleArn: role.arn,
    primaryContainer: { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1", environment: { DB_PASSWORD: "correct-horse" } },
});
const configuration = new aws.sagemaker.EndpointConfiguration("api", {
    productionVariants: [
        { variantName: "main", modelName: model.name, instanceType: "ml.t2.medium", initialInstanceCount: 1, initialVariantWeight: 0.9 },
    ],
});
const endpoint = new aws.sagemaker.Endpoint("api", { name: "api", endpointConfigName: configuration.name });
new aws.appautoscaling.Target("api", {
    serviceNamespace: "sagemaker",
    scalableDimension: "sagemaker:variant:DesiredInstanceCount",
    resourceId: endpoint.name.apply((name) => "endpoint/" + name + "/variant/main"),
    minCapacity: 1,
    maxCapacity: 3,
});
`;

const FILES = {
    "Pulumi.yaml": "name: other\nruntime: { name: nodejs, options: { typescript: false } }\nmain: index.ts\n",
    "package.json": JSON.stringify({ name: "other", version: "1.0.0", type: "module" }),
    "index.ts": PROGRAM,
};

describe("the policy pack over another project, in the real engine", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "policy-elsewhere-"));
        for (const [file, content] of Object.entries(FILES)) writeFileSync(join(folder, file), content);
        for (const made of [".state", ".cloud"]) mkdirSync(join(folder, made));
        symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("finds its mistakes in a preview, and what production must have where it is told that it is that", async () => {
        const stack = await LocalWorkspace.createOrSelectStack(
            { stackName: "dev", workDir: folder },
            { envVars: { PULUMI_BACKEND_URL: `file://${folder}/.state`, FAKE_AWS_DIR: `${folder}/.cloud` } },
        );
        await stack.setConfig("aws:region", { value: "eu-west-1" });
        const preview = async () => {
            const said: PolicyEvent[] = [];
            const refusal = await stack
                .preview({
                    policyPacks: [PACK],
                    onEvent: ({ policyEvent }) => {
                        if (policyEvent !== undefined) said.push(policyEvent);
                    },
                })
                .then(
                    () => "none",
                    (error: unknown) => (error as Error).message,
                );
            expect(refusal).to.contain("preview failed");
            const isMandatory = ({ enforcementLevel }: PolicyEvent) => enforcementLevel === "mandatory";
            return said.filter(isMandatory).map(({ policyName }) => policyName);
        };
        const mistakes = [
            "endpoint-configuration-weights",
            "model-environment-secrets",
            "model-name-unset",
            "scaling-not-burstable",
        ];
        const found = await preview();
        expect(found).to.include.members(mistakes).and.not.to.include("model-in-vpc");
        stack.workspace.envVars["POLICY_ENVIRONMENT"] = "prod";
        expect(await preview()).to.include.members([
            ...mistakes,
            "model-in-vpc",
            "endpoint-configuration-instance-count",
        ]);
    });
});

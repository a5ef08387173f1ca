import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { Deployment } from "../../tools/deployment.ts";
import { AS_PROD, configAsProd } from "../support/as-prod.ts";
import { interruptions, steps } from "../support/interruptions.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";
import { overCloud } from "../support/scaled-endpoint.ts";
import { standInArtifacts } from "../support/stand-in-artifacts.ts";

const STACK_FILE = "Pulumi.prod.yaml";
const ENDPOINT = "serial-inference-prod";
/** That run, by scaling, more than the endpoint starts with. */
const INSTANCES = 4;

/** What is kept over every switch: what callers, watchers and readers of records hold on to. */
const KEPT =
    /^(delete|create).* (Endpoint|Dashboard|CompositeAlarm|Topic|LogGroup|Budget|Key|Role|Target|Vpc) |-capture$/;

describe("one live stack of prod through all five patterns and back, by config alone, in the real engine", () => {
    let api: Awaited<ReturnType<typeof sageMakerApi>>;
    let deployment: Deployment;
    const first = "inference-container";
    const order = [...Object.keys(AS_PROD).filter((pattern) => pattern !== first), first];
    const config = (pattern: string) => {
        const hosted = AS_PROD[pattern];
        if (hosted === undefined) throw new Error(`no pattern ${pattern}`);
        return configAsProd(hosted);
    };
    const artifacts = (pattern: string) => standInArtifacts(AS_PROD[pattern]?.stack ?? "");

    before(async () => {
        api = await sageMakerApi(
            overCloud(
                () => deployment,
                () => INSTANCES,
            ),
        );
        const files = Object.assign({}, ...order.map(artifacts)) as Record<string, string>;
        const created = { ...files, [STACK_FILE]: JSON.stringify({ config: config(first) }) }; // JSON is YAML
        deployment = await Deployment.create("prod", created, clientEnvironment(api.url));
        await deployment.up();
    });
    after(() => {
        deployment.remove();
        api.close();
    });

    for (const pattern of order) {
        it(`to ${pattern}: the endpoint moves to it in place, and nothing that is in use is deleted`, async () => {
            const own = parse(readFileSync(deployment.path(STACK_FILE), "utf8")) as Record<string, unknown>;
            deployment.write(STACK_FILE, JSON.stringify({ ...own, config: config(pattern) }));
            const before = deployment.resource(`aws.sagemaker.Endpoint=${ENDPOINT}`);
            const done = steps(await deployment.up());
            expect(interruptions(done)).to.deep.equal([]);
            expect(done).to.include.members([
                "update MetricAlarm serial-inference-main-server-errors", // of the new fleet
                "delete-replaced RolePolicy serial-inference-model-data",
            ]);
            expect(done.filter((step) => KEPT.test(step))).to.deep.equal([]);
            const after = deployment.resource(`aws.sagemaker.Endpoint=${ENDPOINT}`);
            for (const kept of ["arn", "deploymentConfig"]) expect(after[kept], kept).to.deep.equal(before[kept]);
            const { endpointConfigName } = after;
            const live = deployment.resource(`aws.sagemaker.EndpointConfiguration=${String(endpointConfigName)}`);
            expect(live).to.have.property("dataCaptureConfig");
            expect(live["productionVariants"]).to.have.nested.property("[0].initialInstanceCount", INSTANCES);
            for (const type of ["Model", "EndpointConfiguration"]) {
                const left = deployment.cloud().filter((file) => file.startsWith(`aws.sagemaker.${type}=`));
                expect(left, type).to.have.length(1);
            }
        });
    }

    it("and ends as it began", async () => {
        expect(await deployment.up()).to.deep.equal([]);
    });
});

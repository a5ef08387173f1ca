import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { Deployment, type Operation } from "../../tools/deployment.ts";
import { AS_PROD, configAsProd } from "../support/as-prod.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";
import { overCloud } from "../support/scaled-endpoint.ts";
import { standInArtifacts } from "../support/stand-in-artifacts.ts";

const STACK_FILE = "Pulumi.prod.yaml";
const ENDPOINT = "serial-inference-prod";

/** `op type name` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type, name }) => `${op} ${type} ${name}`);

/** The live stack is never without an endpoint, and the endpoint never without what it serves by. */
function expectServedThroughout(done: readonly string[]): void {
    const move = `update Endpoint serial-inference`;
    expect(done.filter((step) => step.includes(" Endpoint "))).to.deep.equal([move]);
    const moved = done.indexOf(move);
    const before = done.slice(0, moved);
    expect(before.filter((step) => step.startsWith("delete"))).to.deep.equal([]);
    expect(before).to.include.members([
        "create-replacement Model serial-inference",
        "create-replacement EndpointConfiguration serial-inference",
    ]);
    const after = done.slice(moved);
    const [configuration, model] = ["EndpointConfiguration", "Model"].map((type) =>
        after.indexOf(`delete-replaced ${type} serial-inference`),
    );
    expect(configuration).to.be.above(0);
    expect(model).to.be.above(configuration ?? 0);
}

/** What is kept over every switch: what callers, watchers and readers of records hold on to. */
const KEPT = /^(delete|create).* (Endpoint|Dashboard|CompositeAlarm|Topic|LogGroup|Budget|Key|Target|Vpc) |-capture$/;

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
                () => 2,
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
            const arn = deployment.resource(`aws.sagemaker.Endpoint=${ENDPOINT}`)["arn"];
            const done = steps(await deployment.up());
            expectServedThroughout(done);
            expect(done.filter((step) => KEPT.test(step))).to.deep.equal([]);
            expect(deployment.resource(`aws.sagemaker.Endpoint=${ENDPOINT}`)["arn"]).to.equal(arn);
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

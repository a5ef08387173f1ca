import { expect } from "chai";
import { Deployment } from "../../tools/deployment.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";
import { overCloud } from "../support/scaled-endpoint.ts";
import { standInArtifacts } from "../support/stand-in-artifacts.ts";

const STACKS = ["dev", "staging", "prod"] as const;

/** Three environments of one program, in one account and with one backend. */
describe("dev, staging and prod side by side in the real engine", () => {
    let api: Awaited<ReturnType<typeof sageMakerApi>>;
    const deployments = new Map<string, Deployment>();
    const of = (stack: string): Deployment => {
        const deployment = deployments.get(stack);
        if (deployment === undefined) throw new Error(`stack ${stack} is not there yet`);
        return deployment;
    };
    /** The cloud is the first one's. */
    const cloud = () => of("dev").cloud();

    before(async () => {
        api = await sageMakerApi(
            overCloud(
                () => of("dev"),
                () => 2,
            ),
        );
        for (const stack of STACKS) {
            const shared = deployments.get("dev")?.environment ?? {};
            const environment = { ...shared, ...clientEnvironment(api.url) };
            const deployment = await Deployment.create(stack, standInArtifacts(stack), environment);
            // the stand-in provider takes no two images of one digest
            for (const step of stack === "dev" ? [0] : [0, 2])
                await deployment.configure(`serial-inference:steps[${step}].image.build.args.STACK`, stack);
            deployments.set(stack, deployment);
        }
    });
    after(() => {
        for (const deployment of deployments.values()) deployment.remove();
        api.close();
    });

    it("come up one after another, and leave those before them as they are", async () => {
        const made: string[] = [];
        for (const stack of STACKS) {
            await of(stack).up();
            expect(cloud()).to.include.members([...made, `aws.sagemaker.Endpoint=serial-inference-${stack}.json`]);
            made.push(...cloud().filter((file) => !made.includes(file)));
        }
        for (const stack of STACKS) expect(await of(stack).up(), stack).to.deep.equal([]);
    });

    it("go one after another: each with all that it has, and with nothing of the others", async () => {
        await of("prod").configure("serial-inference:protect", "false");
        await of("prod").up();
        for (const stack of STACKS.toReversed()) {
            const others = STACKS.slice(0, STACKS.indexOf(stack));
            await of(stack).destroy();
            expect(cloud().filter((file) => file.includes(`=serial-inference-${stack}`))).to.deep.equal([]);
            for (const other of others) expect(await of(other).up(), `${other} without ${stack}`).to.deep.equal([]);
        }
        expect(cloud()).to.deep.equal([]);
    });
});

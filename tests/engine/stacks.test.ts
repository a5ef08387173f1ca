import { readdirSync } from "node:fs";
import { expect } from "chai";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import { Deployment } from "../../tools/deployment.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";
import { overCloud } from "../support/scaled-endpoint.ts";
import { standInArtifacts } from "../support/stand-in-artifacts.ts";

for (const file of readdirSync(".").filter((name) => /^Pulumi\.[\w-]+\.yaml$/.test(name))) {
    const stack = file.split(".")[1] ?? "";
    describe(`stack ${stack} in the real engine`, () => {
        let api: Awaited<ReturnType<typeof sageMakerApi>>;
        let deployment: Deployment;
        before(async () => {
            api = await sageMakerApi(
                overCloud(
                    () => deployment,
                    () => 2,
                ),
            );
            deployment = await Deployment.create(stack, standInArtifacts(stack), clientEnvironment(api.url));
        });
        after(() => {
            deployment.remove();
            api.close();
        });

        it("comes up under its own name, stays as it is on the second up, and leaves nothing when it is destroyed", async () => {
            await deployment.up();
            expect((await deployment.outputs())["endpointName"]?.value).to.equal(`serial-inference-${stack}`);
            expect(deployment.cloud()).to.include(`aws.sagemaker.Endpoint=serial-inference-${stack}.json`);
            expect(await deployment.up()).to.deep.equal([]);
            if (readStackConfig(".", stack, {}).values["serial-inference:protect"] === "true") {
                await deployment.configure("serial-inference:protect", "false");
                expect(await deployment.up()).to.deep.equal([]);
            }
            await deployment.destroy();
            expect(deployment.cloud()).to.deep.equal([]);
        });
    });
}

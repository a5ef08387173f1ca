import { readdirSync } from "node:fs";
import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import type { Step } from "../../plans/step.ts";
import { Deployment } from "../../tools/deployment.ts";

/** The files that an artifact needs at least. */
function filesOf({ artifact, triton }: Step): string[] {
    if (artifact === undefined || "uri" in artifact) return [];
    if ("models" in artifact) return [`${artifact.models}/first/model`];
    if (triton !== undefined) return triton.models.map(({ name }) => `${artifact.path}/${name}/1/model.py`);
    return [`${artifact.path}/model`];
}

/** A file in the place of each artifact that a stack names, since nothing is served here. */
function artifacts(stack: string): Record<string, string> {
    const { values, file } = readStackConfig(".", stack, {});
    const files = parseSettings(values, file).steps.flatMap(filesOf);
    return Object.fromEntries(files.map((path) => [path, `weights in ${path}`]));
}

for (const file of readdirSync(".").filter((name) => /^Pulumi\.[\w-]+\.yaml$/.test(name))) {
    const stack = file.split(".")[1] ?? "";
    describe(`stack ${stack} in the real engine`, () => {
        let deployment: Deployment;
        before(async () => {
            deployment = await Deployment.create(stack, artifacts(stack));
        });
        after(() => {
            deployment.remove();
        });

        it("comes up under its own name, stays as it is on the second up, and leaves nothing when it is destroyed", async () => {
            await deployment.up();
            expect((await deployment.outputs())["endpointName"]?.value).to.equal(`serial-inference-${stack}`);
            expect(deployment.cloud()).to.include(`aws.sagemaker.Endpoint=serial-inference-${stack}.json`);
            expect(await deployment.up()).to.deep.equal([]);
            await deployment.destroy();
            expect(deployment.cloud()).to.deep.equal([]);
        });
    });
}

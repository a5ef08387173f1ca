import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { Deployment } from "../../tools/deployment.ts";

/** A file in the place of each artifact that a stack names, since nothing is served here. */
function artifacts(file: string): Record<string, string> {
    const paths = [...readFileSync(file, "utf8").matchAll(/\b(path|models): ([^\s}]+)/g)].map(
        ([, form, path = ""]) => (form === "models" ? `${path}/first` : path), // a folder of models holds folders
    );
    return Object.fromEntries(paths.map((path) => [`${path}/model`, `weights in ${path}`]));
}

for (const file of readdirSync(".").filter((name) => /^Pulumi\.[\w-]+\.yaml$/.test(name))) {
    const stack = file.split(".")[1] ?? "";
    describe(`stack ${stack} in the real engine`, () => {
        let deployment: Deployment;
        before(async () => {
            deployment = await Deployment.create(stack, artifacts(file));
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

import { expect } from "chai";
import { checkMetrics } from "../../components/check-metrics.ts";
import { findModelPackage } from "../../components/find-model-package.ts";
import type { FoundPackage } from "../../plans/registry/found-package.ts";
import type { ModelPackageSelection } from "../../plans/registry/selection.ts";
import { projectFolder } from "../support/project-folder.ts";
import { record } from "../support/record.ts";
import { clientEnvironment } from "../support/sagemaker-api.ts";

/** What stands for a version without an engine, where asking anybody would fail. */
async function offline(selection: ModelPackageSelection) {
    const before = { ...process.env };
    Object.assign(process.env, clientEnvironment("http://127.0.0.1:1"));
    const log: string[] = [];
    let found: FoundPackage | undefined;
    try {
        await record(async () => {
            found = await findModelPackage(selection, [{ name: "digits", image: { packaged: true } }]);
        }, log);
    } finally {
        process.env = before;
    }
    return { found, log };
}

describe("findModelPackage without an engine", () => {
    it("asks nobody: a version with the steps' containers stands for it, and it says so", async () => {
        const { found, log } = await offline({ group: "fraud", keys: ["key"] });
        expect(found).to.deep.equal({
            arn: "arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/0",
            approval: "Approved",
            status: "Completed",
            containers: [{ hostname: "digits", image: undefined, data: [] }],
            keys: ["key"],
        });
        expect(log.join()).to.contain('warning: model package "fraud": no registry is asked offline');
    });

    it("keeps the number or the ARN that the stack names", async () => {
        const arn = "arn:aws:sagemaker:eu-west-1:111122223333:model-package/fraud/3";
        expect((await offline({ arn })).found?.arn).to.equal(arn);
        expect((await offline({ group: "fraud", version: 7 })).found?.arn).to.match(/model-package\/fraud\/7$/);
    });
});

describe("checkMetrics", () => {
    it("refuses what is no JSON, and without an engine only warns of a file that is yet to be measured", async () => {
        const folder = projectFolder({ "figures.json": "{}", "broken.json": "{" });
        const log: string[] = [];
        const check = (path: string) => record(() => checkMetrics({ metrics: { path } }), log);
        try {
            await check("figures.json");
            expect(log).to.deep.equal([]);
            await check("later.json");
            expect(log.join()).to.contain('there is no file "later.json"; npm run evaluate -- --output later.json');
            const message = await check("broken.json").then(
                () => "accepted",
                (error: unknown) => (error as Error).message,
            );
            expect(message).to.contain('"broken.json" is no JSON file');
        } finally {
            folder.remove();
        }
    });
});

import { expect } from "chai";
import { InferenceContainer } from "../../patterns/inference-container.ts";
import type { ModelUses } from "../../plans/model-uses.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { record } from "../support/record.ts";

const step = {
    name: "own",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { path: "model" },
};

describe("records of who reads and writes buckets", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({ "model/model": "weights" });
    });
    afterEach(() => {
        folder.remove();
    });

    /** Where each bucket's accesses are recorded; undefined: nowhere. */
    async function recorded(uses: ModelUses): Promise<Record<string, unknown>> {
        const resources = await record(() => new InferenceContainer("app", { step, ...uses }));
        const loggings = resources.filter(({ type }) => type === "aws:s3/bucketLogging:BucketLogging");
        const buckets = resources.filter(({ type }) => type === "aws:s3/bucket:Bucket");
        return Object.fromEntries(
            buckets.map(({ name, outputs }) => [
                name,
                loggings
                    .filter(({ inputs }) => inputs["bucket"] === outputs["bucket"])
                    .map(({ inputs }) => [
                        inputs["targetBucket"],
                        inputs["targetPrefix"] === `${String(outputs["bucket"])}/`,
                    ]),
            ]),
        );
    }

    it("are kept nowhere unless a bucket is named", async () => {
        expect(await recorded({ endpoint: { name: "app-test" } })).to.deep.equal({ app: [] });
    });

    it("are kept of every bucket that the stack makes, below its name", async () => {
        const kept = [["example-access-logs", true]];
        const accessLogBucket = "example-access-logs";
        const live = { endpoint: { name: "app-test", dataCapture: {} }, accessLogBucket };
        expect(await recorded(live)).to.deep.equal({ app: kept, "app-capture": kept });
        const later = { endpoint: { name: "app-test", async: {} }, accessLogBucket };
        expect(await recorded(later)).to.deep.equal({ app: kept, "app-async": kept });
        const batch = { transform: { contentType: "text/csv" }, accessLogBucket };
        expect(await recorded(batch)).to.deep.equal({ app: kept, "app-transform": kept });
    });
});

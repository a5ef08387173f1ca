import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ModelObject } from "../../components/model-object.ts";
import { RecordingMonitor } from "../../local/graph/recording-monitor.ts";

/** What the engine is asked for. */
interface Asked {
    readonly type: string;
    readonly version: string;
    readonly inputs: unknown;
}

interface Request {
    getType(): string;
    getVersion(): string;
    getObject(): { toJavaScript(): unknown };
}

/** Notes what a program asks of the engine, without the stack. */
class AskedMonitor extends RecordingMonitor {
    readonly asked: Asked[] = [];

    override registerResource(...args: Parameters<RecordingMonitor["registerResource"]>): Promise<void> {
        const request = args[0] as unknown as Request;
        const inputs = request.getObject().toJavaScript();
        this.asked.push({ type: request.getType(), version: request.getVersion(), inputs });
        return super.registerResource(...args);
    }
}

describe("ModelObject", () => {
    it("asks the engine for just what an aws.s3.BucketObjectv2 would, of the same provider", async () => {
        const monitor = new AskedMonitor({ account: "123456789012", region: "eu-west-1" }, "project", "test");
        await pulumi.runtime.setMocks(
            { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
            "project",
            "test",
        );
        pulumi.runtime.setMockOptions(monitor, "project", "test");
        const args = { bucket: "bucket", key: "models/a.tar.gz", source: new pulumi.asset.FileAsset("a.tar.gz") };
        await pulumi.runtime.runInPulumiStack(async () => {
            new aws.s3.BucketObjectv2("generated", args);
            await new ModelObject("lean", args, {}).registered();
            return {};
        });
        await pulumi.runtime.disconnect();
        const [generated, lean] = monitor.asked.filter(({ type }) => type.startsWith("aws:"));
        expect(generated)
            .to.have.property("version")
            .match(/^\d+\.\d+\.\d+$/);
        expect(lean).to.deep.equal(generated);
    });
});

import { expect } from "chai";
import { dot } from "../../../local/diagram/dot.ts";
import { drawStack } from "../../../local/diagram/draw-stack.ts";
import type { Picture } from "../../../local/diagram/picture.ts";
import { InferenceContainer } from "../../../patterns/inference-container.ts";
import { InferencePipeline } from "../../../patterns/inference-pipeline.ts";
import type { ModelUses } from "../../../plans/model-uses.ts";
import type { Step } from "../../../plans/step.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { record } from "../../support/record.ts";

const own = (name: string): Step => ({
    name,
    image: { build: { folder: `containers/${name}` } },
    artifact: { path: `models/${name}` },
});

/** The boxes by the title of their frame. */
const framed = ({ frames }: Picture): Record<string, string[]> =>
    Object.fromEntries(
        frames
            .filter(({ boxes }) => boxes.length > 0)
            .map(({ title, boxes }) => [title, boxes.map((box) => [box.title, ...box.lines].join("; "))]),
    );

/** The arrows between boxes, by their titles. */
function arrows({ frames, arrows: drawn }: Picture): string[] {
    const titles = new Map(frames.flatMap(({ boxes }) => boxes.map(({ id, title }) => [id, title] as const)));
    return drawn.map(
        ({ from, to, label }) =>
            `${titles.get(from) ?? "?"} → ${titles.get(to) ?? "?"}${label === undefined ? "" : ` (${label})`}`,
    );
}

describe("the picture of a stack", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        const files = ["first", "second"].flatMap((name) => [
            [`containers/${name}/Dockerfile`, `FROM scratch\nLABEL name=${name}`],
            [`models/${name}/model.bin`, `weights of ${name}`],
        ]);
        folder = projectFolder(Object.fromEntries(files) as Record<string, string>);
    });
    afterEach(() => {
        folder.remove();
    });

    const container = async (uses: ModelUses) =>
        drawStack(await record(() => new InferenceContainer("app", { step: own("first"), ...uses })));

    it("shows the way of a request, and where images and model data come from", async () => {
        const steps: Step[] = [
            { ...own("first"), responseType: "text/csv" },
            { name: "second", image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } } },
        ];
        const picture = drawStack(
            await record(() => new InferencePipeline("app", { steps, endpoint: { name: "app-test" } })),
        );
        expect(framed(picture)).to.deep.include({
            "": ["callers; InvokeEndpoint"],
            "endpoint app-test": ["variant main; 1 × ml.m5.large"],
            "model · 2 containers in line · on every instance": ["first", "second"],
            "images, in Amazon ECR": [
                "app-first; built from containers/first",
                "sagemaker-xgboost:1.7-1; not of this stack",
            ],
            "model data, in Amazon S3": ["bucket app; by content: an unchanged one is uploaded once"],
        });
        expect(arrows(picture)).to.deep.equal([
            "callers → variant main",
            "variant main → first",
            "first → second (text/csv)",
            "app-first → first",
            "sagemaker-xgboost:1.7-1 → second",
            "bucket app → first",
            "variant main → log group (logs)",
        ]);
    });

    it("shows each container of one that is called one by one", async () => {
        const picture = drawStack(
            await record(
                () =>
                    new InferencePipeline("app", {
                        steps: [own("first"), own("second")],
                        mode: "direct",
                        endpoint: { name: "app-test" },
                    }),
            ),
        );
        expect(arrows(picture)).to.include.members([
            "variant main → first (for first)",
            "variant main → second (for second)",
        ]);
        expect(arrows(picture)).to.not.include("first → second");
    });

    it("shows how traffic is shared, how instances scale, and how the endpoint moves", async () => {
        const picture = await container({
            endpoint: {
                name: "app-test",
                variants: [
                    { name: "old", weight: 9, scaling: { min: 2, max: 4, target: { invocationsPerInstance: 100 } } },
                    { name: "new", weight: 1, instanceCount: 2 },
                ],
                deployment: { type: "canary", size: { percent: 10 } },
            },
        });
        expect(framed(picture)["endpoint app-test · updated by canary"]).to.deep.equal([
            "variant old; 2 × ml.m5.large; scales from 2 to 4; 90 % of requests",
            "variant new; 2 × ml.m5.large; 10 % of requests",
        ]);
        expect(arrows(picture).filter((arrow) => arrow.includes("of rollback"))).to.deep.equal([
            "variant old → 2 alarms of rollback (metrics of the new fleet)",
            "variant new → 2 alarms of rollback (metrics of the new fleet)",
        ]);
    });

    it("shows a shadow that gets copies", async () => {
        const picture = await container({
            endpoint: { name: "app-test", shadow: { name: "next", samplingPercent: 50 } },
        });
        expect(framed(picture)["endpoint app-test"]).to.include(
            "variant next; 1 × ml.m5.large; shadow: copies of 50 %",
        );
        expect(arrows(picture)).to.include("variant next → first");
        expect(arrows(picture)).to.not.include("callers → variant next");
    });

    it("shows who is told by alarms, and what is recorded", async () => {
        const picture = await container({
            endpoint: { name: "app-test", dataCapture: {} },
            alarms: { notify: { subscribers: ["on-call@example.com"] } },
            dashboard: {},
        });
        expect(framed(picture)["data"]).to.deep.equal(["captured requests and answers; bucket app-capture"]);
        expect(framed(picture)["watching"]?.join("\n")).to.include("on-call@example.com").and.include("dashboard");
        expect(arrows(picture)).to.include.members([
            "variant main → captured requests and answers (captures)",
            "composite alarm → SNS topic",
        ]);
    });

    it("shows the queue of an asynchronous endpoint", async () => {
        const picture = await container({ endpoint: { name: "app-test", async: { errorTopic: "create" } } });
        expect(framed(picture)[""]).to.deep.equal(["callers; InvokeEndpointAsync"]);
        expect(arrows(picture)).to.include.members([
            "variant main → waiting requests, and results (results)",
            "variant main → SNS topic (tells)",
        ]);
    });

    it("shows batch transform without an endpoint", async () => {
        const picture = await container({ transform: { contentType: "text/csv", startOn: "object" } });
        expect(framed(picture)).to.not.have.any.keys("", "endpoint app-test");
        expect(arrows(picture)).to.include.members([
            "EventBridge rule → state machine (starts)",
            "EventBridge rule → SQS queue",
            "state machine → first (files)",
            "state machine → files to transform, and results (results)",
        ]);
    });

    it("shows the network, the key and the registry", async () => {
        const picture = await container({
            endpoint: { name: "app-test" },
            network: { isolation: true, vpc: { make: {} } },
            key: { make: {} },
            registry: { group: "scoring", contentTypes: ["text/csv"], responseTypes: ["text/csv"] },
        });
        const frames = framed(picture);
        expect(frames["model · 1 container · on every instance · without a network"]).to.deep.equal(["first"]);
        expect(frames["network"]).to.deep.equal([
            "VPC; 10.0.0.0/16, 2 zones; no way to the internet",
            "VPC endpoints; ecr.api; ecr.dkr; logs; monitoring; s3",
        ]);
        expect(frames["governance"]).to.deep.equal([
            "KMS key; encrypts all that is kept",
            "model package; a version of scoring; PendingManualApproval when it is made",
        ]);
    });

    it("escapes what the drawing language would take as its own", () => {
        const box = { id: 'a"b', title: 'back\\slash "quoted" <tag>', lines: [], kind: "storage" } as const;
        expect(dot({ frames: [{ title: "", boxes: [box] }], arrows: [] })).to.include(
            '"a\\"b" [label="back\\\\slash \\"quoted\\" <tag>"',
        );
    });
});

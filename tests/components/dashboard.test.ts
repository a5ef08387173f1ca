import { expect } from "chai";
import { InferencePipeline, type InferencePipelineArgs } from "../../patterns/inference-pipeline.ts";
import type { DashboardBody } from "../../plans/dashboard/widget.ts";
import { only, record } from "../support/record.ts";

const step = (name: string) => ({
    name,
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { uri: "s3://models/model.tar.gz" },
});
const steps = [step("first"), step("second")];
const deploy = (args: Partial<InferencePipelineArgs>) =>
    record(() => new InferencePipeline("app", { steps, endpoint: { name: "app-test" }, ...args }));

describe("Dashboard", () => {
    it("is there where it is asked for, by a name that no other region's has", async () => {
        expect((await deploy({})).map(({ type }) => type)).not.to.include("aws:cloudwatch/dashboard:Dashboard");
        expect((await deploy({ dashboard: false })).map(({ type }) => type)).not.to.include(
            "aws:cloudwatch/dashboard:Dashboard",
        );
        const { inputs } = only(await deploy({ dashboard: true }), "aws:cloudwatch/dashboard:Dashboard");
        expect(inputs["dashboardName"]).to.equal("app-test-eu-west-1");
    });

    it("shows the stack's endpoint and its containers, in its region, under the stack's notes", async () => {
        const resources = await deploy({ dashboard: { notes: "on call: 555" } });
        const { inputs } = only(resources, "aws:cloudwatch/dashboard:Dashboard");
        const { widgets } = JSON.parse(String(inputs["dashboardBody"])) as DashboardBody;
        const charts = widgets.filter((widget) => widget.type === "metric");
        expect(charts.length).to.be.greaterThan(5);
        for (const { properties } of charts) expect(properties.region).to.equal("eu-west-1");
        const text = JSON.stringify(widgets);
        for (const shown of ["on call: 555", '"app-test"', '"first"', '"second"']) expect(text).to.contain(shown);
    });

    it("is refused where there is no endpoint", () => {
        const args = { steps, transform: { contentType: "text/csv" }, dashboard: true };
        expect(() => new InferencePipeline("app", args)).to.throw("dashboard: the stack has no endpoint to watch");
    });
});

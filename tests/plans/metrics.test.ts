import { expect } from "chai";
import { GatewayMetrics } from "../../local/gateway/metrics.ts";
import { type Metric, METRICS } from "../../plans/metrics.ts";

const metrics: Readonly<Record<string, Metric>> = METRICS;

describe("METRICS", () => {
    it("lists every metric that the local host publishes, in the same words", async () => {
        const published = (await new GatewayMetrics().text()).matchAll(/^# HELP (\w+) (.+)$/gm);
        const helps = [...published].map(([, name = "", help]) => [name, help]);
        expect(helps).not.to.be.empty;
        expect(helps).to.deep.equal(helps.map(([name = ""]) => [name, metrics[name]?.help]));
    });

    it("has times in microseconds, and what an instance uses in the namespace of instances", () => {
        for (const [name, { unit, namespace }] of Object.entries(metrics)) {
            expect(unit === "Microseconds", name).to.equal(/Time$|Latency$/.test(name));
            expect(unit === "Percent", name).to.equal(name.endsWith("Utilization"));
            const ofInstance = name.endsWith("Utilization") || name === "LoadedModelCount";
            expect(namespace, name).to.equal(ofInstance ? "/aws/sagemaker/Endpoints" : "AWS/SageMaker");
        }
    });

    it("tells no series of a multi-model metric apart by container, since SageMaker does not", () => {
        const multiModel = Object.values(metrics).filter((metric) => metric.multiModel);
        expect(multiModel).to.have.length(6);
        for (const { dimensions } of multiModel) expect(dimensions).to.deep.equal(["EndpointName", "VariantName"]);
    });
});

import { expect } from "chai";
import { coreCount } from "../../plans/instance-cores.ts";
import { metricSeries } from "../../plans/metric-series.ts";
import { read } from "../../plans/readings.ts";
import { watchedEndpoint } from "../../plans/watched-endpoint.ts";

const step = (name: string) => ({ name, image: { mirror: "image" } });

describe("watchedEndpoint", () => {
    it("knows variants with their cores and GPUs, and the containers", () => {
        const variants = [
            { name: "stable", weight: 9 },
            { name: "next", instanceType: "ml.g5.12xlarge" },
        ];
        expect(watchedEndpoint({ name: "e", variants }, [step("a"), step("b")], "serial")).to.deep.equal({
            name: "e",
            kind: "real-time",
            mode: "serial",
            variants: [
                { name: "stable", weight: 9, cores: 2, gpus: 0 },
                { name: "next", weight: 1, cores: 48, gpus: 4 },
            ],
            containers: ["a", "b"],
            multiModel: false,
        });
    });

    it("knows a container with many models", () => {
        const steps = [step("a"), { ...step("b"), multiModel: {} }];
        expect(watchedEndpoint({ name: "e" }, steps, "serial").multiModel).to.equal(true);
    });
});

describe("coreCount", () => {
    const known: [string, number | undefined][] = [
        ["ml.m5.large", 2],
        ["ml.c7i.xlarge", 4],
        ["ml.m5.24xlarge", 96],
        ["ml.t2.medium", 2],
        ["ml.m6g.medium", 1],
        ["ml.c4.8xlarge", 36],
        ["ml.g4dn.16xlarge", 64],
        ["ml.m5.metal", undefined],
    ];
    for (const [type, cores] of known) {
        it(`${type} has ${cores ?? "a number that is not known"}`, () => {
            expect(coreCount(type)).to.equal(cores);
        });
    }
});

describe("metricSeries", () => {
    it("takes the dimensions that the metric has, and leaves others out", () => {
        const of = { EndpointName: "e", VariantName: "v", ContainerName: "c" };
        expect(metricSeries("ModelLatency", of).dimensions).to.deep.equal({ EndpointName: "e", VariantName: "v" });
        expect(metricSeries("ContainerLatency", of).dimensions).to.deep.equal(of);
        expect(metricSeries("Invocations", of).dimensions).to.deep.equal(of);
    });

    it("refuses a series that could never have a value", () => {
        expect(() => metricSeries("ModelLatency", { EndpointName: "e" })).to.throw(
            RangeError,
            "ModelLatency is told apart by VariantName, which is missing",
        );
        expect(() => read("ModelCacheHit", {}, "p99")).to.throw(RangeError, "ModelCacheHit is not read by p99");
    });
});

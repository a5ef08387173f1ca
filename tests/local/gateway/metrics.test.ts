import { expect } from "chai";
import { request } from "undici";
import { createGateway } from "../../../local/gateway/gateway.ts";
import type { Gateway, MetricSummary } from "../../../local/gateway/gateway.ts";
import { invoke } from "./support/invoke.ts";
import { answering, endpoint, Stage, variant } from "./support/stage.ts";

describe("the gateway's metrics", () => {
    const stage = new Stage();
    let gateway: Gateway;
    let url: string;
    beforeEach(async () => {
        const ok = await stage.container("ok");
        const byStatus = await stage.container("by-status", ({ body }, response) => {
            response.writeHead(Number(body.toString())).end();
        });
        const dead = await stage.deadContainer("dead");
        gateway = createGateway({
            endpoints: [
                endpoint([variant([ok, await stage.container("also-ok")])], "pipeline"),
                endpoint([variant([byStatus])], "status"),
                endpoint([variant([dead])], "dead"),
                endpoint([variant([ok, byStatus], { mode: "Direct" })], "direct"),
            ],
        });
        url = await stage.listening(gateway);
    });
    afterEach(() => stage.stop());

    const rows = async (endpointName: string, container?: string): Promise<Record<string, MetricSummary>> => {
        const all = (await gateway.summary()).filter(
            (row) => row.endpoint === endpointName && row.container === container,
        );
        return Object.fromEntries(all.map((row) => [row.metric, row]));
    };
    const counts = async (endpointName: string, container?: string): Promise<Record<string, number>> =>
        Object.fromEntries(
            Object.entries(await rows(endpointName, container)).map(([name, { count }]) => [name, count]),
        );

    it("count requests, and the errors that containers answer", async () => {
        for (const body of ["200", "404", "415", "500", "302"]) await invoke(url, { endpoint: "status", body });
        expect(await counts("status")).to.deep.equal({
            Invocations: 5,
            Invocation4XXErrors: 2,
            Invocation5XXErrors: 1,
            InvocationModelErrors: 4,
            ModelLatency: 5,
            OverheadLatency: 5,
        });
    });

    it("count a container that gives no answer as a model error alone", async () => {
        await invoke(url, { endpoint: "dead" });
        expect(await counts("dead")).to.include({
            Invocations: 1,
            Invocation4XXErrors: 0,
            Invocation5XXErrors: 0,
            InvocationModelErrors: 1,
        });
    });

    it("do not count what no container was asked", async () => {
        await invoke(url, { endpoint: "status", headers: { "X-Amzn-SageMaker-Target-Model": "a" } });
        expect((await counts("status"))["Invocations"]).to.equal(0);
    });

    it("measure each container, and their sum as ModelLatency", async () => {
        await invoke(url, { endpoint: "pipeline" });
        const [model, first, second] = [
            (await rows("pipeline"))["ModelLatency"],
            (await rows("pipeline", "ok"))["ContainerLatency"],
            (await rows("pipeline", "also-ok"))["ContainerLatency"],
        ].map((row) => row?.latency?.average ?? Number.NaN);
        expect(model).to.be.greaterThan(0);
        expect(model).to.be.closeTo((first ?? 0) + (second ?? 0), 2);
    });

    it("give the average, p50 and p99 of a latency in microseconds", async () => {
        for (let index = 0; index < 20; index++) await invoke(url, { endpoint: "pipeline" });
        const { average, p50, p99 } = (await rows("pipeline"))["OverheadLatency"]?.latency ?? {};
        expect(p50).to.be.greaterThan(0);
        expect(p99).to.be.at.least(p50 ?? Number.NaN);
        expect(average).to.be.at.most(p99 ?? Number.NaN);
    });

    it("are kept by container too where containers are invoked directly", async () => {
        const headers = { "X-Amzn-SageMaker-Target-Container-Hostname": "by-status" };
        await invoke(url, { endpoint: "direct", headers, body: "500" });
        const expected = { Invocations: 1, Invocation5XXErrors: 1, InvocationModelErrors: 1, OverheadLatency: 1 };
        expect(await counts("direct")).to.include(expected);
        expect(await counts("direct", "by-status")).to.include({ ...expected, ContainerLatency: 1 });
        expect((await counts("direct", "ok"))["Invocations"]).to.equal(0);
    });

    it("count a broken response stream as a model error", async () => {
        const broken = await stage.rawContainer("tokens", (socket) => {
            socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        gateway = createGateway({ endpoints: [endpoint([variant([broken])])] });
        await invoke(await stage.listening(gateway), { operation: "invocations-response-stream" });
        expect(await counts("demo")).to.include({ Invocations: 1, InvocationModelErrors: 1, ModelLatency: 1 });
    });

    it("are served to Prometheus under CloudWatch's names and dimensions", async () => {
        await invoke(url, { endpoint: "pipeline" });
        const { headers, body } = await request(`${url}/metrics`);
        const lines = (await body.text()).split("\n");
        expect(headers["content-type"]).to.match(/^text\/plain; version=0\.0\.4/);
        expect(lines).to.include.members([
            'Invocations{EndpointName="pipeline",VariantName="main"} 1',
            'InvocationModelErrors{EndpointName="dead",VariantName="main"} 0',
            'ModelLatency_count{EndpointName="pipeline",VariantName="main"} 1',
            'ContainerLatency_count{EndpointName="pipeline",VariantName="main",ContainerName="also-ok"} 1',
        ]);
    });

    it("are each gateway's own", async () => {
        const other = createGateway({ endpoints: [endpoint([variant([await stage.container("a", answering(""))])])] });
        await invoke(await stage.listening(other));
        expect((await counts("demo"))["Invocations"]).to.equal(undefined);
    });
});

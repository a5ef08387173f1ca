import { expect } from "chai";
import { createGateway } from "../../../local/gateway/gateway.ts";
import { type ModelLease, ModelUnavailable, type ServedModels } from "../../../local/gateway/served-models.ts";
import { errorOf, invoke } from "./support/invoke.ts";
import { endpoint, type Respond, Stage, type TestContainer, variant } from "./support/stage.ts";

const TARGET = "X-Amzn-SageMaker-Target-Model";

describe("TargetModel", () => {
    const stage = new Stage();
    let released: string[];
    let container: TestContainer;
    let url: string;
    let recover: ModelLease["recover"];
    beforeEach(() => {
        released = [];
        recover = () => Promise.resolve(false);
    });
    afterEach(() => stage.stop());

    /** Loads what is asked for under its own name, and nothing that is called missing or slow. */
    const models: ServedModels = {
        lease: (target) => {
            if (target === "slow") return Promise.reject(new ModelUnavailable("not-ready", "wait for it"));
            if (target === "missing") return Promise.reject(new ModelUnavailable("not-found", "no such object"));
            return Promise.resolve({
                path: `/models/${target}/invoke`,
                recover: (status) => recover(status),
                release: () => released.push(target),
            });
        },
        use: () => ({ loaded: 3, diskPercent: 50, memoryPercent: () => Promise.resolve(undefined) }),
        recordBy: ({ hit, waited }) => {
            hit(true);
            hit(false);
            waited(2);
        },
    };
    const serve = async (respond?: Respond) => {
        container = await stage.container("predict", respond);
        const multiModel = { ...container, models };
        const before = await stage.container("preprocess", (_request, response) => {
            response.writeHead(200, { "Content-Type": "text/csv" }).end("1,2");
        });
        const after = await stage.container("postprocess");
        const gateway = createGateway({
            endpoints: [
                endpoint([variant([before, multiModel, after])]),
                endpoint([variant([before, multiModel], { mode: "Direct" })], "direct"),
                endpoint([variant([before])], "one-model"),
            ],
        });
        url = await stage.listening(gateway);
        return { gateway, before, after };
    };
    const to = (target: string, other: Record<string, string> = {}) => ({ headers: { [TARGET]: target, ...other } });

    it("names the model to the multi-model container of a pipeline, and to no other", async () => {
        const { before, after } = await serve();
        expect((await invoke(url, to("lisbon"))).status).to.equal(200);
        expect(container.received[0]).to.include({ url: "/models/lisbon/invoke" });
        expect(container.received[0]?.headers).to.include({
            [TARGET.toLowerCase()]: "lisbon",
            "content-type": "text/csv",
        });
        for (const other of [before, after]) {
            expect(other.received[0]?.url).to.equal("/invocations");
            expect(other.received[0]?.headers).not.to.have.property(TARGET.toLowerCase());
        }
        expect(released).to.deep.equal(["lisbon"]);
    });

    it("is asked for, and refused where there is no multi-model container or it is none", async () => {
        await serve();
        const refusals: [Parameters<typeof invoke>[1], RegExp][] = [
            [{}, /^Container predict of endpoint demo is multi-model: name a model in TargetModel/],
            [{ ...to("a"), endpoint: "one-model" }, /^Endpoint one-model is not a multi-model endpoint and does not/],
            [to("a/../b"), /is "a\/..\/b" \(6 characters\); accepted are keys below the model prefix.*segment "\.\."/],
            [to("missing"), /^no such object$/],
            [{ operation: "invocations-response-stream" }, /InvokeEndpoint alone takes/],
            [{ ...to("a"), operation: "invocations-response-stream" }, /has no such header/],
        ];
        for (const [call, message] of refusals) {
            const { status, type, Message } = errorOf(await invoke(url, call));
            expect([status, type, message.test(Message)], Message).to.deep.equal([400, "ValidationError", true]);
        }
        expect(errorOf(await invoke(url, to("slow")))).to.deep.equal({
            status: 429,
            type: "ModelNotReadyException",
            Message: "wait for it",
        });
        expect(container.received).to.deep.equal([]);
    });

    it("belongs to the container that a request names where containers are called one by one", async () => {
        await serve();
        const direct = (hostname: string, target: Record<string, string>) => ({
            endpoint: "direct",
            headers: { "X-Amzn-SageMaker-Target-Container-Hostname": hostname, ...target },
        });
        expect((await invoke(url, direct("predict", { [TARGET]: "a" }))).status).to.equal(200);
        expect((await invoke(url, direct("preprocess", {}))).status).to.equal(200);
        expect((await invoke(url, direct("preprocess", { [TARGET]: "a" }))).status).to.equal(400);
        expect((await invoke(url, direct("predict", {}))).status).to.equal(400);
    });

    it("tries again where that is worth while, and releases the model once", async () => {
        const statuses = [507, 507, 200];
        const recovered: number[] = [];
        recover = (status) => {
            recovered.push(status);
            return Promise.resolve(true);
        };
        await serve((_request, response) => {
            response.writeHead(statuses.shift() ?? 500).end();
        });
        expect((await invoke(url, to("a"))).status).to.equal(200);
        expect([recovered, released]).to.deep.equal([[507, 507], ["a"]]);
        recover = () => Promise.resolve(false);
        expect(errorOf(await invoke(url, to("a")))).to.include({ status: 424, OriginalStatusCode: 500 });
        expect(released).to.deep.equal(["a", "a"]);
    });

    it("has metrics of its own", async () => {
        const { gateway } = await serve();
        const rows = (await gateway.summary()).filter(({ endpoint: name }) => name === "demo");
        const level = (metric: string) => rows.find((row) => row.metric === metric)?.level;
        expect([level("LoadedModelCount"), level("DiskUtilization"), level("ModelCacheHit")]).to.deep.equal([
            3, 50, 0.5,
        ]);
        expect(rows.find(({ metric }) => metric === "ModelLoadingWaitTime")?.latency?.average).to.equal(2000);
        expect(level("MemoryUtilization")).to.equal(undefined);
        const text = await (await fetch(`${url}/metrics`)).text();
        expect(text).to.contain('LoadedModelCount{EndpointName="demo",VariantName="main"} 3');
    });
});

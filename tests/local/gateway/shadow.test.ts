import { expect } from "chai";
import { until } from "../../support/until.ts";
import { invoke } from "./support/invoke.ts";
import { answering, endpoint, Stage, variant } from "./support/stage.ts";

describe("a shadow variant", () => {
    const stage = new Stage();
    afterEach(() => stage.stop());

    const serve = async (share: number, respond = answering("shadow")) => {
        const production = await stage.container("digits", answering("production"));
        const container = await stage.container("digits", respond);
        const shadow = { variant: variant([container], { name: "next" }), share };
        const url = await stage.gateway([{ ...endpoint([variant([production])]), shadow }]);
        return { url, container, production };
    };
    const metric = async (url: string, name: string) => {
        const text = await (await fetch(`${url}/metrics`)).text();
        return Number(new RegExp(`^${name}\\{.*VariantName="next".*\\} (\\S+)$`, "m").exec(text)?.[1]);
    };

    it("gets a copy of each request, and nobody sees its answer", async () => {
        const { url, container } = await serve(1);
        const answer = await invoke(url, { body: "[1]", headers: { "Content-Type": "text/csv" } });
        expect(answer.text).to.equal("production");
        expect(answer.headers["x-amzn-invoked-production-variant"]).to.equal("main");
        await until(() => container.received.length === 1);
        expect(container.received[0]?.body.toString()).to.equal("[1]");
        expect(container.received[0]?.headers["content-type"]).to.equal("text/csv");
        await until(async () => (await metric(url, "Invocations")) === 1);
    });

    it("gets its share of them", async () => {
        const { url, container, production } = await serve(0.25);
        for (let request = 0; request < 8; request++) await invoke(url);
        await until(() => container.received.length === 2);
        expect(production.received).to.have.length(8);
        expect(container.received).to.have.length(2);
    });

    it("hurts no request by failing, which is counted", async () => {
        const { url } = await serve(1, (_request, response) => {
            response.writeHead(500);
            response.end("no");
        });
        expect((await invoke(url)).text).to.equal("production");
        await until(async () => (await metric(url, "Invocation5XXErrors")) === 1);
    });

    it("keeps no request waiting, and takes no more copies than it can be busy with", async () => {
        const { url, container } = await serve(1, () => undefined);
        for (let request = 0; request < 80; request++) expect((await invoke(url)).text).to.equal("production");
        await until(() => container.received.length >= 64);
        expect(container.received).to.have.length(64);
    });

    it("cannot be named as a target", async () => {
        const { url } = await serve(1);
        const answer = await invoke(url, { headers: { "X-Amzn-SageMaker-Target-Variant": "next" } });
        expect(answer.status).to.equal(400);
        expect(answer.text).to.contain("Variant next of endpoint demo not found; its variants are main.");
    });
});

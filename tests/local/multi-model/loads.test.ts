import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { createGateway } from "../../../local/gateway/gateway.ts";
import { ModelVolume } from "../../../local/multi-model/model-volume.ts";
import { TargetModels } from "../../../local/multi-model/target-models.ts";
import { errorOf, invoke } from "../gateway/support/invoke.ts";
import { endpoint, type Respond, Stage, variant } from "../gateway/support/stage.ts";
import { useFolder, writeFiles } from "../../artifacts/use-folder.ts";

describe("the loads of a multi-model container", () => {
    const at = useFolder();
    const stage = new Stage();
    afterEach(() => stage.stop());

    /** A gateway in front of a container that loads models as it is told to. */
    const serve = async (loadMs: number, respond: Respond, waitMs = 100, budget = 1e6) => {
        writeFiles(at("models"), { "slow/weights": "w", "other/weights": "o" });
        const container = { ...(await stage.container("predict", respond)), restarts: 0 };
        const options = { source: at("models"), uri: "s3://bucket/models/", cacheFolder: at("cache"), budget };
        const models = new TargetModels({
            container,
            volume: new ModelVolume({ ...options, folder: at("volume") }),
            mountedAt: "/opt/ml/models",
            cache: true,
            memoryPercent: () => Promise.resolve(undefined),
            warn: () => undefined,
            waitMs,
            loadMs,
        });
        const gateway = createGateway({ endpoints: [endpoint([variant([{ ...container, models }])])] });
        return { url: await stage.listening(gateway), received: container.received };
    };
    const call = async (url: string, target = "slow.tar.gz") =>
        invoke(url, { headers: { "X-Amzn-SageMaker-Target-Model": target, "Content-Type": "text/plain" } });

    it("may take longer than an invocation waits: it gets ModelNotReadyException, and the model answers once it is loaded", async () => {
        const loaded = Promise.withResolvers<undefined>();
        const { url, received } = await serve(60_000, (request, response) => {
            if (request.url === "/models") void loaded.promise.then(() => response.writeHead(200).end("{}"));
            else response.writeHead(200, { "Content-Type": "text/plain" }).end("predicted");
        });
        for (const attempt of [1, 2]) {
            const refused = errorOf(await call(url));
            expect(refused, String(attempt)).to.include({ status: 429, type: "ModelNotReadyException" });
            expect(refused.Message).to.equal(
                "Model slow.tar.gz was not ready within 0.1 s, and is still being loaded.",
            );
        }
        loaded.resolve(undefined);
        expect((await call(url)).text).to.equal("predicted");
        expect(
            received.map(({ method, url: path }) => `${method} ${path.replace(/[0-9a-f]{32}/, "ID")}`),
        ).to.deep.equal(["POST /models", "POST /models/ID/invoke"]);
        const [load, invocation] = received;
        const { model_name: id, url: folder } = JSON.parse(load?.body.toString() ?? "") as Record<string, string>;
        expect(folder).to.equal("/opt/ml/models/1/model");
        expect(invocation?.url).to.equal(`/models/${id ?? ""}/invoke`);
        expect(invocation?.headers["x-amzn-sagemaker-target-model"]).to.equal("slow.tar.gz");
    });

    it("are given up in the end, and tried anew by the next invocation", async () => {
        const { url, received } = await serve(300, (request, response) => {
            if (request.method === "DELETE") response.writeHead(404).end();
        });
        expect((await call(url)).status).to.equal(429);
        while (!received.some(({ method }) => method === "DELETE")) await setTimeout(20);
        expect((await call(url)).status).to.equal(429);
        expect(received.filter(({ method }) => method === "POST")).to.have.length(2);
        const [first, again] = received.filter(({ method }) => method === "POST").map(({ body }) => body.toString());
        expect(first).not.to.equal(again); // under another name, should the first still be loaded one day
    });

    it("go one after another, since two at once could refuse each other", async () => {
        let underWay = 0;
        let most = 0;
        const { url } = await serve(
            60_000,
            ({ url: path }, response) => {
                const answer = () => response.writeHead(200, { "Content-Type": "text/plain" }).end("predicted");
                if (path !== "/models") answer();
                else {
                    most = Math.max(most, ++underWay);
                    void setTimeout(50).then(() => {
                        underWay--;
                        answer();
                    });
                }
            },
            10_000,
        );
        const answers = await Promise.all([call(url), call(url, "other.tar.gz")]);
        expect(answers.map(({ text }) => text)).to.deep.equal(["predicted", "predicted"]);
        expect(most).to.equal(1);
    });

    it("wait for room on the volume that others take while they are unpacked", async () => {
        const { url } = await serve(
            60_000,
            (_, response) => response.writeHead(200, { "Content-Type": "text/plain" }).end("predicted"),
            10_000,
            2, // bytes: two models of a byte each
        );
        const names = Array.from({ length: 12 }, (_, index) => `model-${index}`);
        writeFiles(at("models"), Object.fromEntries(names.map((name) => [`${name}/weights`, "w"])));
        const answers = await Promise.all(names.map((name) => call(url, `${name}.tar.gz`)));
        expect(answers.map(({ text }) => text)).to.deep.equal(names.map(() => "predicted"));
    });

    it("wait for memory that a server gives back after it has answered an unload", async () => {
        const loads: string[] = [];
        let isUnloaded = false;
        let refusals = 2;
        const { url } = await serve(
            60_000,
            ({ method, url: path, body }, response) => {
                isUnloaded ||= method === "DELETE";
                if (path === "/models") {
                    loads.push(loadOf(body)["model_name"] ?? "");
                    if (loads.length > 1 && (!isUnloaded || refusals-- > 0)) {
                        response.writeHead(507).end("no memory");
                        return;
                    }
                }
                response.writeHead(200, { "Content-Type": "text/plain" }).end("predicted");
            },
            10_000,
        );
        expect((await call(url)).text).to.equal("predicted");
        expect((await call(url, "other.tar.gz")).text).to.equal("predicted");
        expect(loads).to.have.length(5); // the first model's, and four of the other's, each under a name of its own
        expect(new Set(loads).size).to.equal(5);
    });
});

/** What a load asks for. */
const loadOf = (body: Buffer) => JSON.parse(body.toString()) as Record<string, string>;

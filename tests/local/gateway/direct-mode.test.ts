import { expect } from "chai";
import { errorOf, invoke } from "./support/invoke.ts";
import { answering, endpoint, Stage, variant } from "./support/stage.ts";

const HEADER = "X-Amzn-SageMaker-Target-Container-Hostname";

describe("direct invocation", () => {
    const stage = new Stage();
    let url: string;
    beforeEach(async () => {
        const containers = [
            await stage.container("cats", answering("cat", { "X-Amzn-SageMaker-Custom-Attributes": "meow" })),
            await stage.container("dogs", answering("dog")),
        ];
        url = await stage.gateway([
            endpoint([variant(containers, { mode: "Direct" })]),
            endpoint([variant(containers)], "serial"),
        ]);
    });
    afterEach(() => stage.stop());

    it("calls only the container it names", async () => {
        expect((await invoke(url, { headers: { [HEADER]: "dogs" } })).text).to.equal("dog");
        const answer = await invoke(url, { headers: { [HEADER]: "cats" } });
        expect(answer.text).to.equal("cat");
        expect(answer.headers["x-amzn-sagemaker-custom-attributes"]).to.equal("meow");
    });

    it("streams from the container it names", async () => {
        const answer = await invoke(url, { operation: "invocations-response-stream", headers: { [HEADER]: "dogs" } });
        expect(answer.status).to.equal(200);
        expect(answer.text).to.contain("dog");
    });

    const cases = [
        {
            title: "a container that does not exist",
            call: { headers: { [HEADER]: "birds" } },
            message: "TargetContainerHostname birds does not exist in endpoint demo; its containers are cats, dogs.",
        },
        {
            title: "no container",
            call: {},
            message:
                "Endpoint demo is configured for direct invocation: name a container in TargetContainerHostname: cats, dogs.",
        },
        {
            title: "a container on an endpoint that is serial",
            call: { endpoint: "serial", headers: { [HEADER]: "cats" } },
            message: "TargetContainerHostname is cats, but endpoint serial is not configured for direct invocation.",
        },
    ];
    for (const { title, call, message } of cases) {
        it(`refuses a request that names ${title}`, async () => {
            expect(errorOf(await invoke(url, call))).to.deep.equal({
                status: 400,
                type: "ValidationError",
                Message: message,
            });
        });
    }
});

import { expect } from "chai";
import { liveEndpoint } from "../../components/live-endpoint.ts";
import { type Answer, clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";

const missing = { error: "ValidationException", message: 'Could not find endpoint "arn:aws:…:endpoint/a".' };

/** What is read of an endpoint `a` where SageMaker answers so; the error's message where it throws. */
async function read(answers: Readonly<Record<string, ReturnType<Answer>>>) {
    const asked: string[] = [];
    const api = await sageMakerApi((operation) => {
        asked.push(operation);
        return answers[operation] ?? { error: "AccessDeniedException", message: `no ${operation} for you` };
    });
    const before = { ...process.env };
    Object.assign(process.env, clientEnvironment(api.url));
    try {
        return { asked, live: await liveEndpoint("a", "eu-west-1") };
    } catch (error) {
        return { asked, message: (error as Error).message };
    } finally {
        process.env = before;
        api.close();
    }
}

const endpoint = {
    EndpointConfigName: "a-1",
    ProductionVariants: [
        { VariantName: "main", DesiredInstanceCount: 7, CurrentInstanceCount: 5 },
        { VariantName: "next", CurrentInstanceCount: 0 },
    ],
};
const configuration = {
    EndpointConfigArn: "arn:aws:sagemaker:eu-west-1:123456789012:endpoint-config/a-1",
    ProductionVariants: [{ VariantName: "main", InitialInstanceCount: 2 }],
};

describe("liveEndpoint", () => {
    it("reads what scaling wants now, what the configuration starts with, and its fingerprint", async () => {
        const { live } = await read({
            DescribeEndpoint: endpoint,
            DescribeEndpointConfig: configuration,
            ListTags: { Tags: [{ Key: "serial-inference:configuration", Value: "abc" }] },
        });
        expect(live?.fingerprint).to.equal("abc");
        expect([...(live?.variants ?? [])]).to.deep.equal([
            ["main", { wanted: 7, initial: 2 }],
            ["next", { wanted: 0, initial: 0 }],
        ]);
    });

    it("finds no endpoint where there is none", async () => {
        expect(await read({ DescribeEndpoint: missing })).to.deep.equal({
            asked: ["DescribeEndpoint"],
            live: undefined,
        });
    });

    it("goes by what runs where the configuration was deleted", async () => {
        const { live } = await read({ DescribeEndpoint: endpoint, DescribeEndpointConfig: missing });
        expect(live?.fingerprint).to.equal(undefined);
        expect(live?.variants.get("main")).to.deep.equal({ wanted: 7, initial: 7 });
    });

    it("fails rather than lose capacity, and says why", async () => {
        const { message } = await read({ DescribeEndpoint: endpoint, DescribeEndpointConfig: configuration });
        expect(message).to.contain('endpoint "a" has a problem');
        expect(message).to.contain("cannot be read: AccessDeniedException: no ListTags for you");
    });
});

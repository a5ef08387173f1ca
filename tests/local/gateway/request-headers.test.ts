import { expect } from "chai";
import fc from "fast-check";
import { requestHeaders } from "../../../local/gateway/request-headers.ts";
import { RuntimeError } from "../../../local/gateway/runtime-error.ts";
import { errorOf, invoke } from "./support/invoke.ts";
import { Stage } from "./support/stage.ts";

const PREFIX = "X-Amzn-SageMaker-";

/** The message of the ValidationError, or "accepted". */
function verdict(
    headers: Record<string, string>,
    operation: Parameters<typeof requestHeaders>[1] = "InvokeEndpoint",
): string {
    const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    try {
        requestHeaders(lowered, operation);
        return "accepted";
    } catch (error) {
        if (!(error instanceof RuntimeError)) throw error;
        expect([error.status, error.type]).to.deep.equal([400, "ValidationError"]);
        return error.message;
    }
}

describe("request headers", () => {
    const accepted: Record<string, string[]> = {
        "Content-Type": ["", "text/csv", "x".repeat(1024)],
        Accept: ["*/*", "x".repeat(1024)],
        [`${PREFIX}Custom-Attributes`]: ["", "a\tb", " ~", "x".repeat(1024)],
        [`${PREFIX}Inference-Id`]: ["1", "a b", "x".repeat(64)],
        [`${PREFIX}Target-Variant`]: ["a", "A-1", "a--b", "x".repeat(63)],
    };
    const refused: Record<string, string[]> = {
        "Content-Type": ["x".repeat(1025), "é"],
        Accept: ["x".repeat(1025)],
        [`${PREFIX}Custom-Attributes`]: ["x".repeat(1025), "é", "a\u0000"],
        [`${PREFIX}Inference-Id`]: ["", " a", "x".repeat(65), "é"],
        [`${PREFIX}Target-Model`]: ["", "x".repeat(1025)],
        [`${PREFIX}Target-Variant`]: ["", "-a", "a-", "a b", "a_b", "x".repeat(64)],
        [`${PREFIX}Target-Container-Hostname`]: ["", "a.b", "x".repeat(64)],
    };

    for (const [name, values] of Object.entries(accepted)) {
        it(`accepts a good ${name}`, () => {
            for (const value of values) expect(verdict({ [name]: value })).to.equal("accepted");
        });
    }
    for (const [name, values] of Object.entries(refused)) {
        it(`refuses a bad ${name}, and says what is accepted`, () => {
            for (const value of values) {
                const message = verdict({ [name]: value });
                expect(message).to.match(
                    new RegExp(`^${name} is ".*" \\(${value.length} characters\\); accepted are `, "s"),
                );
            }
        });
    }

    it("names every problem at once", () => {
        const message = verdict({ [`${PREFIX}Inference-Id`]: "", [`${PREFIX}Target-Variant`]: "a b" });
        expect(message).to.equal(
            `${PREFIX}Inference-Id is "" (0 characters); accepted are 1 to 64 printable ASCII characters; ` +
                `${PREFIX}Target-Variant is "a b" (3 characters); accepted are 1 to 63 letters, digits and inner hyphens`,
        );
    });

    it("refuses headers of features that no endpoint here has", () => {
        expect(verdict({ [`${PREFIX}Inference-Component`]: "a" })).to.contain("has no inference components");
        expect(verdict({ [`${PREFIX}Session-Id`]: "NEW_SESSION" })).to.contain("keeps no stateful sessions");
        expect(verdict({ [`${PREFIX}Enable-Explanations`]: "`true`" })).to.contain("has no ClarifyExplainerConfig");
    });

    it("knows no target model on a response stream", () => {
        const operation = "InvokeEndpointWithResponseStream";
        expect(verdict({ [`${PREFIX}Target-Model`]: "a" }, operation)).to.contain(`${operation} has no such header`);
    });

    it("reads Accept of a response stream from its own header", () => {
        const headers = { accept: "a/a", "x-amzn-sagemaker-accept": "b/b" };
        expect(requestHeaders(headers, "InvokeEndpoint").accept).to.equal("a/a");
        expect(requestHeaders(headers, "InvokeEndpointWithResponseStream").accept).to.equal("b/b");
    });

    it("refuses any attributes that are not printable ASCII, and only those", () => {
        const name = "x-amzn-sagemaker-custom-attributes";
        fc.assert(
            fc.property(fc.string({ unit: "binary", maxLength: 40 }), (value) => {
                const printable = Array.from(value).every((c) => c === "\t" || (c >= " " && c <= "~"));
                expect(verdict({ [name]: value }) === "accepted").to.equal(printable);
            }),
        );
    });

    it("is checked before any container sees the request", async () => {
        const stage = new Stage();
        try {
            const container = await stage.container("predict");
            const url = await stage.serial([container]);
            const error = errorOf(await invoke(url, { headers: { [`${PREFIX}Target-Variant`]: "a_b" } }));
            expect(error).to.include({ status: 400, type: "ValidationError" });
            expect(container.received).to.deep.equal([]);
        } finally {
            await stage.stop();
        }
    });
});

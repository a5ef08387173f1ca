import { expect } from "chai";
import fc from "fast-check";
import { variantChooser } from "../../../local/gateway/choose-variant.ts";
import { errorOf, invoke } from "./support/invoke.ts";
import { answering, endpoint, Stage, variant } from "./support/stage.ts";

const HEADER = "X-Amzn-SageMaker-Target-Variant";

describe("production variants", () => {
    const stage = new Stage();
    afterEach(() => stage.stop());

    const serve = async (weights: Readonly<Record<string, number>>): Promise<string> => {
        const variants = Object.entries(weights).map(async ([name, weight]) =>
            variant([await stage.container(`container-${name}`, answering(name))], { name, weight }),
        );
        return stage.gateway([endpoint(await Promise.all(variants))]);
    };

    it("share the requests by weight, and name themselves", async () => {
        const url = await serve({ blue: 3, green: 1, dark: 0 });
        const counts: Record<string, number> = {};
        for (let index = 0; index < 8; index++) {
            const { text, headers } = await invoke(url);
            expect(headers["x-amzn-invoked-production-variant"]).to.equal(text);
            counts[text] = (counts[text] ?? 0) + 1;
        }
        expect(counts).to.deep.equal({ blue: 6, green: 2 });
    });

    it("are chosen by TargetVariant, even without weight", async () => {
        const url = await serve({ blue: 1, dark: 0 });
        const answer = await invoke(url, { headers: { [HEADER]: "dark" } });
        expect(answer.text).to.equal("dark");
        expect(answer.headers["x-amzn-invoked-production-variant"]).to.equal("dark");
    });

    it("that do not exist are refused", async () => {
        const error = errorOf(await invoke(await serve({ blue: 1, dark: 0 }), { headers: { [HEADER]: "red" } }));
        expect(error).to.include({ status: 400, type: "ValidationError" });
        expect(error.Message).to.equal("Variant red of endpoint demo not found; its variants are blue, dark.");
    });

    it("that all weigh nothing are refused unless one is named", async () => {
        const url = await serve({ blue: 0, dark: 0 });
        expect(errorOf(await invoke(url))).to.include({ status: 400, type: "ValidationError" });
        expect((await invoke(url, { headers: { [HEADER]: "blue" } })).status).to.equal(200);
    });

    it("never differ from their share by more than one request for each other variant", () => {
        const weights = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 10 });
        fc.assert(
            fc.property(weights, fc.integer({ min: 1, max: 500 }), (all, requests) => {
                const variants = all.map((weight) => ({ weight }));
                const total = all.reduce((sum, weight) => sum + weight, 0);
                const next = variantChooser(variants);
                const chosen = Array.from({ length: requests }, next);
                for (const candidate of variants) {
                    const count = chosen.filter((one) => one === candidate).length;
                    if (candidate.weight === 0) expect(count).to.equal(0);
                    else expect(count).to.be.closeTo((requests * candidate.weight) / total, variants.length);
                }
            }),
        );
    });
});

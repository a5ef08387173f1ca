import { expect } from "chai";
import { modelConfig } from "../../plans/triton/model-config.ts";
import { MODEL_CASES } from "../support/triton/model-cases.ts";
import { MODEL, RealTriton } from "./real-triton.ts";

describe("models in a real Triton", function () {
    this.timeout(60_000);
    const triton = new RealTriton();
    const refusals: (string | undefined)[] = [];
    const asked = MODEL_CASES.filter((one) => one.triton !== "is not asked");
    before(async () => {
        await triton.start(["--disable-auto-complete-config"]);
        // A few at once: most of the time a refusal is the second in which Triton ends the model's process.
        const left = [...asked.entries()];
        const loadLeft = async () => {
            for (let next = left.shift(); next !== undefined; next = left.shift()) {
                const [index, { model }] = next;
                const name = model.name === "model" ? `model-${index}` : model.name;
                triton.write({
                    [`${name}/config.pbtxt`]: modelConfig({ ...model, name }),
                    [`${name}/1/model.py`]: MODEL,
                });
                refusals[index] = await triton.load(name);
            }
        };
        await Promise.all(Array.from({ length: 4 }, loadLeft));
    });
    after(() => triton.stop());

    for (const [index, { what, triton: does, problem }] of asked.entries()) {
        const note = does === "takes" && problem !== undefined ? ", which the plan refuses all the same" : "";
        it(`${does === "takes" ? "are taken" : "are refused"} with ${what}${note}`, () => {
            if (does === "takes") expect(refusals[index]).to.equal(undefined);
            else expect(refusals[index]).to.be.a("string");
        });
    }
});

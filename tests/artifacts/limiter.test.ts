import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { limiter } from "../../artifacts/limiter.ts";

describe("limiter", () => {
    it("runs as many tasks as it may, in order, and goes on after one that failed", async () => {
        const inTurn = limiter(3);
        const begun: number[] = [];
        let running = 0;
        let most = 0;
        const task = (index: number) => async () => {
            begun.push(index);
            most = Math.max(most, ++running);
            for (let turn = 0; turn <= index % 4; turn++) await setImmediate();
            running--;
            if (index === 5) throw new Error("5");
            return index;
        };
        const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => inTurn(task(index))));
        expect(most).to.equal(3);
        expect(begun).to.deep.equal(Array.from({ length: 20 }, (_, index) => index));
        expect(results.filter(({ status }) => status === "rejected")).to.have.length(1);
        expect(results[19]).to.deep.equal({ status: "fulfilled", value: 19 });
    });
});

import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Cancellation } from "../../../local/gateway/cancellation.ts";
import { TimedOut } from "../../../local/gateway/explain-failure.ts";

// However busy the machine is, timers fire in the order of their times, so that none of these tests depends on how long it takes.
describe("Cancellation", () => {
    let reasons: Error[];
    let cancellation: Cancellation;
    const cut = (reason: Error) => {
        reasons.push(reason);
    };
    beforeEach(() => {
        reasons = [];
        cancellation = new Cancellation();
    });
    afterEach(() => {
        cancellation.close();
    });

    it("gives each exchange its whole time, and cuts the one that takes longer", async () => {
        for (let exchange = 0; exchange < 3; exchange++) {
            cancellation.begin(cut, 60);
            await sleep(40);
            cancellation.end();
        }
        expect(reasons).to.deep.equal([]);
        cancellation.begin(cut, 60);
        await sleep(80);
        expect(reasons.map((reason) => reason instanceof TimedOut)).to.deep.equal([true]);
        expect(cancellation.reason).to.equal(undefined);
    });

    it("takes another time for an exchange that may take longer", async () => {
        cancellation.begin(cut, 20);
        cancellation.end();
        cancellation.begin(cut, 60);
        await sleep(40);
        expect(reasons).to.deep.equal([]);
        await sleep(40);
        expect(reasons).to.have.length(1);
    });

    it("cuts the exchange in progress once, and remembers why", async () => {
        const reason = new Error("gone");
        cancellation.begin(cut, 20);
        cancellation.cancel(reason);
        cancellation.cancel(new Error("gone again"));
        await sleep(40);
        expect(reasons).to.deep.equal([reason]);
        expect(cancellation.reason).to.equal(reason);
    });

    it("cuts nothing between exchanges, and is there for the next", async () => {
        cancellation.begin(cut, 20);
        cancellation.end();
        await sleep(40);
        expect(reasons).to.deep.equal([]);
        cancellation.begin(cut, 20);
        await sleep(40);
        expect(reasons).to.have.length(1);
    });

    it("cuts nothing once the invocation has ended", async () => {
        cancellation.begin(cut, 20);
        cancellation.close();
        await sleep(40);
        cancellation.cancel(new Error("gone"));
        expect(reasons).to.deep.equal([]);
    });
});

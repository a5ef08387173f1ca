import { expect } from "chai";
import { startupNeeds, startupProblems } from "../../plans/startup.ts";
import type { Step } from "../../plans/step.ts";

const step = (name: string, other: Partial<Step> = {}): Step => ({ name, image: { mirror: "image" }, ...other });

describe("start-up needs", () => {
    const steps = [
        step("small"),
        step("large", { startupTimeoutSeconds: 900, downloadTimeoutSeconds: 600 }),
        step("other", { startupTimeoutSeconds: 120 }),
    ];

    it("are the most that one step needs, and nothing where no step says any", () => {
        expect(startupNeeds(steps)).to.deep.equal({ startupTimeoutSeconds: 900, downloadTimeoutSeconds: 600 });
        expect(startupNeeds([step("small")])).to.deep.equal({});
    });

    it("are refused where the endpoint or a variant gives less", () => {
        expect(startupProblems({ startupTimeoutSeconds: 900 }, steps)).to.deep.equal([]);
        expect(startupProblems({ startupTimeoutSeconds: 300 }, steps)).to.deep.equal([
            'step "large" needs startupTimeoutSeconds 900, and endpoint gives 300; leave it out there',
        ]);
        const variants = [{ name: "slow", downloadTimeoutSeconds: 60 }];
        expect(startupProblems({ variants }, steps).join()).to.contain('variant "slow" gives 60');
    });
});

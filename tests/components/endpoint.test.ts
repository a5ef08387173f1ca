import { expect } from "chai";
import { Endpoint } from "../../components/endpoint.ts";
import { record } from "../support/record.ts";

describe("Endpoint", () => {
    it("warns of weights that SageMaker does not keep, and of no others", async () => {
        const log: string[] = [];
        const variants = [
            { name: "stable", weight: 0.9 },
            { name: "next", weight: 0.25 },
        ];
        await record(() => new Endpoint("app", { name: "app-test", modelName: "model", variants }), log);
        expect(log).to.have.length(1);
        expect(log[0]).to.match(/^warning: .*variant "stable": SageMaker keeps weight 0\.9 as 0\.8999999761581421/);
    });
});

import { expect } from "chai";
import { endpointOf, endpointProblems } from "../support/endpoint-config.ts";

describe("endpoint.serverless", () => {
    for (const memoryMiB of [1024, 2048, 3072, 4096, 5120, 6144]) {
        it(`takes ${memoryMiB} MiB`, () => {
            const serverless = { memoryMiB, maxConcurrency: 200, provisionedConcurrency: 1 };
            expect(endpointOf({ serverless })).to.deep.equal({ serverless });
        });
    }

    it("refuses other memory, concurrency out of range, and what is missing, at once", () => {
        const accepted = "accepted: a whole number of";
        expect(
            endpointProblems({ serverless: { memoryMiB: 1536, maxConcurrency: 201, provisionedConcurrency: 0 } }),
        ).to.deep.equal([
            "serverless.memoryMiB: found 1536; accepted: 1024, 2048, 3072, 4096, 5120, 6144",
            `serverless.maxConcurrency: found 201; ${accepted} requests from 1 to 200`,
            `serverless.provisionedConcurrency: found 0; ${accepted} containers from 1 to 200`,
        ]);
        expect(endpointProblems({ serverless: {} })).to.deep.equal([
            "serverless.memoryMiB: missing; accepted: 1024, 2048, 3072, 4096, 5120, 6144",
            `serverless.maxConcurrency: missing; ${accepted} requests from 1 to 200`,
        ]);
    });
});

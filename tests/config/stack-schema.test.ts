import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { stackSchema } from "../../tools/stack-schema.ts";

describe("the published schema of stack files", () => {
    it("is the one that the config is checked with (npm run schema)", () => {
        const published: unknown = JSON.parse(readFileSync("schemas/stack.schema.json", "utf8"));
        expect(published).to.deep.equal(JSON.parse(JSON.stringify(stackSchema())));
    });

    for (const file of readdirSync(".").filter((name) => /^Pulumi\..+\.yaml$/.test(name))) {
        it(`is named by ${file}, so that editors complete it`, () => {
            const [first] = readFileSync(file, "utf8").split("\n");
            expect(first).to.equal("# yaml-language-server: $schema=./schemas/stack.schema.json");
        });
    }
});

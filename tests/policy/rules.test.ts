import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { catalogue } from "../../policy/framework/catalogue.ts";
import { configSchema, settingsOf } from "../../policy/framework/settings.ts";
import { rules } from "../../policy/rules/index.ts";

/** Files below a folder. */
const below = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

const tests = below("tests/policy/rules").map((name) => readFileSync(`tests/policy/rules/${name}`, "utf8"));
const camel = (id: string): string => id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

describe("the rules of the pack", () => {
    it("have an id each, in kebab case, that no policy of the pack's own has", () => {
        const ids = rules.map(({ id }) => id);
        expect(new Set(ids).size).to.equal(ids.length);
        for (const id of ids) expect(id).to.match(/^[a-z0-9]+(-[a-z0-9]+)+$/);
        for (const own of ["environment-named", "checked-on-up", "exemptions-in-use"]) expect(ids).not.to.include(own);
    });

    it("are one a file, named after it, and all of them listed", () => {
        const files = below("policy/rules").filter((name) =>
            /export const \w+ = (resource|stack)Rule\(/.test(readFileSync(`policy/rules/${name}`, "utf8")),
        );
        expect(files.map((name) => name.split("/").at(-1)?.replace(".ts", "")).sort()).to.deep.equal(
            rules.map(({ id }) => id).sort(),
        );
    });

    for (const rule of rules) {
        it(`${rule.id} speaks in whole sentences, and needs no configuration`, () => {
            for (const text of [rule.title, rule.why, rule.remediation]) expect(text).to.match(/^[A-Z].*[.]$/s);
            expect(settingsOf(rule, {}).exemptions).to.deep.equal([]);
            for (const [name, schema] of Object.entries(configSchema(rule))) {
                expect(schema, name).to.have.property("description");
                expect(schema, name).to.have.property("default");
            }
        });
    }

    it("have their tests: what passes, and what fails with its sentence", () => {
        const untested = rules.filter(({ id }) => !tests.some((text) => text.includes(`describeRule(${camel(id)}, `)));
        expect(untested.map(({ id }) => id)).to.deep.equal([]);
    });

    it("are those of docs/policy-catalogue.md: node tools/policy-catalogue.ts writes it", () => {
        expect(readFileSync("docs/policy-catalogue.md", "utf8")).to.equal(catalogue(rules));
    });
});

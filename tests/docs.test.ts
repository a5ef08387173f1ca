import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { parseSettings } from "../config/schema.ts";
import { pipelineProblems } from "../plans/pipeline.ts";
import { stepProblems } from "../plans/step.ts";

/** What a page's excerpt of a stack file leaves out. */
const REST = {
    "serial-inference:pattern": "inference-pipeline",
    "serial-inference:steps": ["first", "second"].map((name) => ({ name, image: { mirror: "image" } })),
};

const pages = ["README.md", ...readdirSync("docs").flatMap((name) => (name.endsWith(".md") ? `docs/${name}` : []))];

/** The excerpts of stack files on a page. */
function excerpts(page: string): Record<string, unknown>[] {
    return [...readFileSync(page, "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, text = ""]) => {
        const read = parse(text) as { config?: Record<string, unknown> } & Record<string, unknown>;
        return text.includes("serial-inference:") ? [read.config ?? read] : [];
    });
}

describe("the stack files that the docs show", () => {
    it("are there", () => {
        expect(pages.flatMap(excerpts)).to.have.length.greaterThan(2);
    });

    for (const page of pages.filter((name) => excerpts(name).length > 0)) {
        it(`are accepted: ${page}`, () => {
            for (const excerpt of excerpts(page)) {
                const steps = excerpt["serial-inference:steps"] as readonly unknown[] | undefined;
                const pattern = steps?.length === 1 ? { "serial-inference:pattern": "inference-container" } : {};
                const config = Object.entries({ ...REST, ...pattern, ...excerpt }).map(([key, value]) => [
                    key,
                    typeof value === "string" ? value : JSON.stringify(value),
                ]);
                const settings = parseSettings(Object.fromEntries(config) as Record<string, string>, page);
                expect(stepProblems(settings.steps)).to.deep.equal([]);
                if (settings.pattern !== "inference-container")
                    expect(pipelineProblems(settings.steps, "serial")).to.deep.equal([]);
            }
        });
    }

    it("link to pages and files that exist", () => {
        for (const page of pages) {
            const folder = page.startsWith("docs/") ? "docs/" : "";
            for (const [, target = ""] of readFileSync(page, "utf8").matchAll(/\]\((?!http)([^)#]+)/g)) {
                expect(() => readdirSync(`${folder}${target}`), `${page} links to ${target}`).not.to.throw(/ENOENT/);
            }
        }
    });
});

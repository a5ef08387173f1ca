import { expect } from "chai";
import type { Rule } from "../../policy/framework/rule.ts";
import { type Given, judged, judgedStack, saying } from "./judged.ts";

type Properties = Readonly<Record<string, unknown>>;
/** A resource's properties or, for a stack rule, the resources. */
type Input = Properties | readonly Given[];

/** What a rule passes, refuses and leaves to `up`, by what is special about it. */
export interface Cases {
    /** What a user has set of the rule. @default - nothing */
    readonly settings?: Properties;
    readonly passes: Readonly<Record<string, Input>>;
    /** With what is said: the whole sentences, without the rule's remediation, which follows each. */
    readonly fails: Readonly<Record<string, readonly [Input, ...string[]]>>;
    /** With the properties that are not known, each after the resource's name. */
    readonly waits?: Readonly<Record<string, readonly [Input, ...string[]]>>;
}

const isStack = (input: Input): input is readonly Given[] => Array.isArray(input);

/** Holds a rule to its cases. */
export function describeRule(rule: Rule, { settings = {}, passes, fails, waits = {} }: Cases): void {
    const said = (input: Input) =>
        isStack(input) ? judgedStack(rule, input, settings) : judged(rule, input, settings);
    describe(`${rule.id}${Object.keys(settings).length === 0 ? "" : `, with ${Object.keys(settings).join(", ")} set`}`, () => {
        for (const [what, input] of Object.entries(passes)) {
            it(`passes ${what}`, () => {
                expect(said(input)).to.deep.include({ messages: [], waiting: [] });
            });
        }
        for (const [what, [input, ...sentences]] of Object.entries(fails)) {
            it(`refuses ${what}`, () => {
                expect(said(input).messages).to.deep.equal(sentences.map((sentence) => saying(rule, sentence)));
            });
        }
        for (const [what, [input, ...paths]] of Object.entries(waits)) {
            it(`leaves to up ${what}`, () => {
                expect(said(input)).to.deep.include({ messages: [], waiting: paths });
            });
        }
    });
}

import { expect } from "chai";
import { eachResource } from "../../../policy/framework/each.ts";
import { NOT_KNOWN } from "../../../policy/framework/not-known.ts";
import { resourceRule, stackRule } from "../../../policy/framework/rule.ts";
import { settingsOf } from "../../../policy/framework/settings.ts";
import { judged, judgedStack, urnOf } from "../judged.ts";

const MODEL = "aws:sagemaker/model:Model";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";

const described = {
    title: "A role is set.",
    why: "For the test.",
    controls: [{ standard: "ours", id: "test" }],
    remediation: "Set it.",
    level: "mandatory",
} as const;

const role = resourceRule({
    ...described,
    id: "role",
    types: [MODEL],
    check: ({ properties }) =>
        properties.text("role") === undefined ? [properties.problem("role", "is not set; accepted: an ARN")] : [],
});

const until = (expires: string, resource = `${MODEL}::it`) => ({
    exemptions: [{ resource, reason: "moved next month", expires }],
});

describe("judging a resource", () => {
    it("says what is wrong in one sentence, and then what to do", () => {
        expect(judged(role, {}).messages).to.deep.equal(["role is not set; accepted: an ARN. Set it."]);
    });

    it("looks at the rule's own types alone", () => {
        expect(judgedStack(role, [{ type: ENDPOINT, name: "it", properties: {} }]).messages).to.deep.equal([]);
    });

    it("never passes what is not known", () => {
        expect(judged(role, { role: NOT_KNOWN })).to.deep.include({ messages: [], waiting: ["it: role"] });
    });
});

describe("an exemption", () => {
    for (const pattern of [`${MODEL}::it`, `${MODEL}::i*`, "*::it", urnOf({ type: MODEL, name: "it" })]) {
        it(`lets pass what ${pattern} names, to the last day`, () => {
            expect(judged(role, {}, until("2027-03-31", pattern))).to.deep.include({ messages: [], used: 1 });
        });
    }

    it("is for no other resource: its text is no regular expression", () => {
        for (const pattern of [`${MODEL}::it2`, "it", ".*::it", `${MODEL}::.t`]) {
            expect(judged(role, {}, until("2027-03-31", pattern)), pattern).to.deep.include({ used: 0 });
        }
    });

    it("is a violation itself once it has expired, beside what it let pass", () => {
        expect(judged(role, {}, until("2027-03-30")).messages).to.deep.equal([
            "role is not set; accepted: an ARN. Set it.",
            `the exemption of "${MODEL}::it" (moved next month) expired on 2027-03-30; accepted: a later date. ` +
                "Put the resource right, or decide anew until when.",
        ]);
    });

    it("is used by what is not known yet, and not by what is right", () => {
        expect(judged(role, { role: NOT_KNOWN }, until("2027-03-31"))).to.deep.include({ waiting: [], used: 1 });
        expect(judged(role, { role: "arn" }, until("2027-03-31")).used).to.equal(0);
    });

    it("is refused without a reason, without a date, and with a day that is none", () => {
        const refused = (exemption: object) => () => settingsOf(role, { exemptions: [exemption] });
        expect(refused({ resource: "*", expires: "2027-03-31" })).to.throw("role.exemptions.0.reason");
        expect(refused({ resource: "*", reason: " ", expires: "2027-03-31" })).to.throw("role.exemptions.0.reason");
        expect(refused({ resource: "*", reason: "so" })).to.throw("role.exemptions.0.expires");
        expect(refused({ resource: "*", reason: "so", expires: "2027-13-01" })).to.throw("role.exemptions.0.expires");
    });
});

describe("judging a stack", () => {
    const pairs = stackRule({
        ...described,
        id: "pairs",
        check: (stack) =>
            eachResource(stack.ofType(ENDPOINT), (endpoint) => {
                const found = stack.referred(endpoint, endpoint.properties, "configuration", CONFIGURATION, "name");
                return [{ message: `on ${found?.name ?? "none"}` }];
            }),
    });
    const endpoint = (configuration: unknown, on: readonly string[] = []) => ({
        type: ENDPOINT,
        name: "api",
        properties: { configuration },
        dependencies: { configuration: on },
    });
    const first = { type: CONFIGURATION, name: "first", properties: { name: "first-1" } };
    const second = { type: CONFIGURATION, name: "second", properties: { name: NOT_KNOWN } };

    it("finds what a property names, and blames the resource that was looked at", () => {
        expect(judgedStack(pairs, [endpoint("first-1"), first])).to.deep.include({
            messages: ["on first. Set it."],
            blamed: ["api"],
        });
    });

    it("finds it by what the property was computed from, where its value is not known", () => {
        const on = [urnOf(second), urnOf({ type: MODEL, name: "other" })];
        expect(judgedStack(pairs, [endpoint(NOT_KNOWN, on), first, second]).messages).to.deep.equal([
            "on second. Set it.",
        ]);
    });

    it("leaves to up what may be one that is not known yet", () => {
        expect(judgedStack(pairs, [endpoint(NOT_KNOWN, [urnOf(first), urnOf(second)]), first, second])).to.deep.include(
            {
                messages: [],
                waiting: ["api: configuration"],
            },
        );
        expect(judgedStack(pairs, [endpoint("elsewhere"), first, second]).waiting).to.deep.equal([
            "api: configuration",
        ]);
        expect(judgedStack(pairs, [endpoint("elsewhere"), first]).messages).to.deep.equal(["on none. Set it."]);
    });
});

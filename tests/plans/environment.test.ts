import { expect } from "chai";
import fc from "fast-check";
import { type Budget, budgetProblems, planBudget } from "../../plans/budget.ts";
import { environmentProblems } from "../../plans/environment.ts";
import { foundPlaceProblems } from "../../plans/place.ts";
import { STACK_TAG, tagProblems } from "../../plans/tags.ts";

describe("tags", () => {
    it("may be all that AWS takes", () => {
        expect(tagProblems({ Environment: "prod", "team/cost center": "R+D", Leer: "", größe: "1 @ 2" })).to.deep.equal(
            [],
        );
        const most = Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`key${index}`, "v".repeat(256)]));
        expect(tagProblems(most)).to.deep.equal([]);
    });

    const refusals: [string, Record<string, string>, string[]][] = [
        ["AWS's own keys", { "aws:name": "x" }, ['tags: key "aws:name" begins with aws:, which AWS keeps for itself']],
        [
            "the program's own keys",
            { [STACK_TAG]: "x" },
            ['tags: key "serial-inference-stack" begins with serial-inference, which the program keeps for itself'],
        ],
        ["an empty key", { "": "x" }, ['tags: key "" is empty']],
        [
            "a key that is too long",
            { ["k".repeat(129)]: "x" },
            [`tags: key "${"k".repeat(40)}" has 129 characters; at most 128`],
        ],
        [
            "a value that is too long",
            { Note: "v".repeat(257) },
            ['tags: key "Note": its value has 257 characters; at most 256'],
        ],
        [
            "other characters",
            { Note: "a&b", "key!": "x" },
            [
                'tags: key "Note": its value has other characters than letters, digits, spaces and _ . : / = + - @',
                'tags: key "key!" has other characters than letters, digits, spaces and _ . : / = + - @',
            ],
        ],
        [
            "keys that IAM takes for one",
            { Team: "a", team: "b" },
            ['tags: keys "Team" and "team" differ by case alone, which IAM does not tell apart'],
        ],
    ];
    for (const [what, tags, expected] of refusals) {
        it(`refuse ${what}`, () => {
            expect(tagProblems(tags)).to.deep.equal(expected);
        });
    }

    it("refuse more than there is room for beside the program's own", () => {
        const many = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`key${index}`, "v"]));
        expect(tagProblems(many)).to.deep.equal([
            "tags: 49 of them; at most 48, since AWS takes 50 and the program adds up to 2",
        ]);
    });
});

describe("a budget", () => {
    const emails = ["ml@example.com"];

    it("takes ascending alerts, of what is spent and of the forecast each by itself", () => {
        const alerts = [
            { percent: 50 },
            { percent: 80, forecast: true },
            { percent: 80 },
            { percent: 100, forecast: true },
        ];
        expect(budgetProblems({ monthlyUsd: 100, alerts, emails })).to.deep.equal([]);
        expect(budgetProblems({ monthlyUsd: 100, emails })).to.deep.equal([]);
    });

    const refusals: [string, Partial<Budget>, string[]][] = [
        ["nobody to hear of it", { emails: [] }, ["budget: nobody hears of it; name emails, or a topic"]],
        ["an address twice", { emails: [...emails, ...emails] }, ["budget.emails: ml@example.com is named twice"]],
        [
            "alerts out of order",
            { alerts: [{ percent: 100 }, { percent: 80 }] },
            ["budget.alerts: 80 percent of what has been spent comes after 100; name them from the least to the most"],
        ],
        [
            "an alert twice",
            { alerts: [{ percent: 100, forecast: true }, { percent: 50 }, { percent: 100, forecast: true }] },
            ["budget.alerts: 100 percent of the forecast is named twice"],
        ],
    ];
    for (const [what, budget, expected] of refusals) {
        it(`refuses ${what}`, () => {
            expect(budgetProblems({ monthlyUsd: 100, emails, ...budget })).to.deep.equal(expected);
        });
    }

    it("counts what has the stack's tag alone, by default at 80 and 100 percent and at a forecast of 100", () => {
        const topic = "arn:aws:sns:us-east-1:123456789012:cost";
        const { costFilters, notifications, ...rest } = planBudget({ monthlyUsd: 99.5, emails, topic }, "app-prod");
        expect(rest).to.deep.equal({ budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "99.5", limitUnit: "USD" });
        expect(costFilters).to.deep.equal([{ name: "TagKeyValue", values: [`user:${STACK_TAG}$app-prod`] }]);
        expect(
            notifications.map(({ threshold, notificationType }) => `${threshold} ${notificationType}`),
        ).to.deep.equal(["80 ACTUAL", "100 ACTUAL", "100 FORECASTED"]);
        for (const alert of notifications) {
            expect(alert).to.deep.include({ subscriberEmailAddresses: emails, subscriberSnsTopicArns: [topic] });
        }
    });
});

describe("the guard", () => {
    const place = { allowedAccounts: ["111111111111", "222222222222"], allowedRegions: ["us-east-1"] };
    const right = { account: "222222222222", region: "us-east-1" };

    it("lets pass what is listed, and what is not known", () => {
        expect(foundPlaceProblems(place, right)).to.deep.equal([]);
        expect(foundPlaceProblems(place, { account: undefined, region: undefined })).to.deep.equal([]);
        expect(foundPlaceProblems({}, right)).to.deep.equal([]);
    });

    for (const [what, profile, cause] of [
        ["AWS_PROFILE", { name: "dev", by: "AWS_PROFILE" }, 'AWS_PROFILE is "dev"; is that another environment\'s?'],
        ["aws:profile", { name: "dev", by: "aws:profile" }, 'aws:profile is "dev"; is that another environment\'s?'],
        [
            "no profile",
            undefined,
            "AWS_PROFILE and aws:profile are not set, so the default profile or AWS_ACCESS_KEY_ID decides; is that another environment's?",
        ],
    ] as const) {
        it(`names the account found, what is accepted, and as a likely cause ${what}`, () => {
            expect(foundPlaceProblems(place, { ...right, account: "333333333333", profile })).to.deep.equal([
                `allowedAccounts: the credentials are of account 333333333333; accepted: 111111111111, 222222222222. ${cause}`,
            ]);
        });
    }

    it("names a wrong region and what sets it", () => {
        expect(foundPlaceProblems(place, { ...right, region: "eu-west-1" })).to.deep.equal([
            "allowedRegions: the region is eu-west-1; accepted: us-east-1. aws:region in the stack's file sets it, and AWS_REGION where that is left out",
        ]);
    });
});

describe("an environment", () => {
    it("refuses names made of the project's and the stack's that no endpoint may have, unless it is given one", () => {
        const long = "feature-".repeat(7) + "x";
        expect(environmentProblems({}, "serial-inference", long, undefined)).to.deep.equal([
            `endpoint.name: left out, and the name made of the project's and the stack's, "serial-inference-${long}", has 74 characters; ` +
                "at most 63; give a name, or take a shorter name for the stack",
        ]);
        expect(environmentProblems({}, "serial-inference", "prod_eu", undefined)[0]).to.contain(
            '"serial-inference-prod_eu", has other characters than letters, digits and inner hyphens',
        );
        expect(environmentProblems({}, "serial-inference", long, "short")).to.deep.equal([]);
    });

    for (const project of ["Serial", "serial_inference", "a".repeat(41), "-a"]) {
        it(`refuses a project named ${project}, which buckets cannot be named after`, () => {
            const [problem] = environmentProblems({}, project, "dev", "endpoint");
            expect(problem).to.contain(`the project's name, "${project}"`);
        });
    }

    it("takes every short name of a project and a stack that is made of letters, digits and hyphens", () => {
        const part = fc.stringMatching(/^[a-z0-9]{1,10}(-[a-z0-9]{1,9})?$/);
        fc.assert(
            fc.property(part, part, (project, stack) => {
                expect(environmentProblems({}, project, stack, undefined)).to.deep.equal([]);
            }),
        );
    });

    it("refuses an account that is listed twice", () => {
        const allowedAccounts = ["111111111111", "111111111111"];
        expect(environmentProblems({ allowedAccounts }, "app", "prod", undefined)).to.deep.equal([
            "allowedAccounts: 111111111111 is named twice",
        ]);
    });
});

import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import { PlanError } from "../../plans/plan-error.ts";

const STEP = { name: "digits", image: { mirror: "image" } };

/** What is wrong with a stack that has these keys, without the namespace. */
function problems(keys: Readonly<Record<string, unknown>>, encrypted: readonly string[] = []): readonly string[] {
    const all = { pattern: "inference-container", steps: [STEP], ...keys };
    const config = Object.entries(all).map(([key, value]) => [
        `serial-inference:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    try {
        parseSettings(Object.fromEntries(config) as Record<string, string>, "Pulumi.test.yaml", encrypted);
    } catch (error) {
        if (error instanceof PlanError) return error.problems.map((text) => text.replace("serial-inference:", ""));
        throw error;
    }
    return [];
}

const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/token-1a2B3c";

describe("the keys of an environment", () => {
    it("are all accepted together", () => {
        expect(
            problems({
                tags: { Environment: "prod" },
                allowedAccounts: ["123456789012"],
                allowedRegions: ["us-east-1", "us-gov-west-1"],
                protect: true,
                budget: { monthlyUsd: 99.5, alerts: [{ percent: 80, forecast: true }], emails: ["a@b.org"] },
                steps: [{ ...STEP, secrets: { TOKEN: { arn: secret } } }],
            }),
        ).to.deep.equal([]);
    });

    const refusals: [string, Record<string, unknown>, string[]][] = [
        [
            "an account that YAML read as a number",
            { allowedAccounts: [123456789012] },
            [
                'allowedAccounts[0]: found 123456789012; accepted: the number of an account, 12 digits in quotes, such as "123456789012"',
            ],
        ],
        [
            "no account at all",
            { allowedAccounts: [] },
            ["allowedAccounts: found a list of 0; accepted: a list of 1 to 100 accounts"],
        ],
        [
            "what is no region",
            { allowedRegions: ["Ireland"] },
            ['allowedRegions[0]: found "Ireland"; accepted: a region, such as us-east-1'],
        ],
        ["protection that is no switch", { protect: "endpoint" }, ['protect: found "endpoint"; accepted: true, false']],
        [
            "a tag that is a number",
            { tags: { CostCenter: 4711 } },
            ["tags.CostCenter: found 4711; accepted: text; put numbers and true or false in quotes"],
        ],
        [
            "a budget of nothing, with six alerts and what is no address",
            { budget: { monthlyUsd: 0, alerts: Array.from({ length: 6 }, () => ({ percent: 50 })), emails: ["ml"] } },
            [
                "budget.monthlyUsd: found 0; accepted: a number of US dollars above 0",
                "budget.alerts: found a list of 6; accepted: a list of 1 to 5 alerts",
                'budget.emails[0]: found "ml"; accepted: an e-mail address',
            ],
        ],
        [
            "more addresses than AWS takes",
            { budget: { monthlyUsd: 1, emails: Array.from({ length: 11 }, (_, index) => `a${index}@b.org`) } },
            ["budget.emails: found a list of 11; accepted: a list of 1 to 10 e-mail addresses"],
        ],
        [
            "an alert beyond reason",
            { budget: { monthlyUsd: 1, alerts: [{ percent: 0 }], emails: ["a@b.org"] } },
            ["budget.alerts[0].percent: found 0; accepted: a whole number of percent from 1 to 1000"],
        ],
        [
            "a secret by its name, or by an ARN that a policy would not match",
            { steps: [{ ...STEP, secrets: { A: { arn: "prod/token" }, B: { arn: secret.replace(/-\w{6}$/, "") } } }] },
            [
                'steps[0].secrets.A.arn: found "prod/token"; accepted: the whole ARN of a secret, arn:aws:secretsmanager:…:secret:NAME-1a2B3c',
                `steps[0].secrets.B.arn: found "${secret.replace(/-\w{6}$/, "")}"; accepted: the whole ARN of a secret, arn:aws:secretsmanager:…:secret:NAME-1a2B3c`,
            ],
        ],
    ];
    for (const [what, keys, expected] of refusals) {
        it(`refuse ${what}`, () => {
            expect(problems(keys)).to.deep.equal(expected);
        });
    }

    it("refuse what is encrypted, by its path, whether or not it could be read; other namespaces are their own matter", () => {
        const encrypted = ["serial-inference:steps[0].environment.TOKEN", "aws:secretKey"];
        expect(problems({}, encrypted)).to.deep.equal([
            "steps[0].environment.TOKEN: is encrypted, and would be plain text in what is deployed; accepted: a plain value. What a container " +
                "must keep secret belongs in Secrets Manager, its ARN under steps[].secrets",
        ]);
    });
});

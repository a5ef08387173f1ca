import { expect } from "chai";
import { judge } from "../../../local/scan/judge.ts";
import type { Suppression } from "../../../local/scan/suppression.ts";
import { SUPPRESSIONS } from "../../../local/scan/suppressions.ts";

const failed = (check: string, resource: string) => ({ failed: [{ check, resource, wants: "what it wants" }] });
const bucket = failed("CKV_AWS_18", "aws_s3_bucket.data");
const suppression: Suppression = { check: "CKV_AWS_18", resource: "aws_s3_bucket.*", reason: "logged elsewhere" };

describe("judge", () => {
    it("finds what nothing suppresses", () => {
        const { findings, suppressed, problems } = judge(new Map([["dev", bucket]]), [], ["dev"]);
        expect(findings).to.deep.equal([
            { stack: "dev", check: "CKV_AWS_18", resource: "aws_s3_bucket.data", wants: "what it wants" },
        ]);
        expect([suppressed, problems]).to.deep.equal([[], []]);
    });

    for (const [what, changed] of Object.entries({
        "another check": { check: "CKV_AWS_1" },
        "a part of the check's id": { check: "CKV_AWS_*" },
        "another resource": { resource: "aws_s3_bucket.other" },
        "another stack": { stacks: ["prod"] },
    } satisfies Record<string, Partial<Suppression>>)) {
        it(`lets a suppression for ${what} suppress nothing`, () => {
            const { findings } = judge(new Map([["dev", bucket]]), [{ ...suppression, ...changed }], ["dev", "prod"]);
            expect(findings).to.have.length(1);
        });
    }

    it("says the reason of what is suppressed", () => {
        const { findings, suppressed, problems } = judge(new Map([["dev", bucket]]), [suppression], ["dev"]);
        expect([findings, problems]).to.deep.equal([[], []]);
        expect(suppressed[0]).to.deep.include({ check: "CKV_AWS_18", reason: "logged elsewhere" });
    });

    it("tells suppressions that suppress nothing, that name a stack for nothing, and that have no reason", () => {
        const problemsOf = (changed: Partial<Suppression>, stacks: readonly string[] = ["dev", "prod"]) =>
            judge(
                new Map(
                    [
                        ["dev", bucket],
                        ["prod", { failed: [] }],
                    ].filter(([name]) => stacks.includes(name as string)) as [string, typeof bucket][],
                ),
                [{ ...suppression, ...changed }],
                ["dev", "prod"],
            ).problems;
        const what = "the suppression of CKV_AWS_18 for";
        expect(problemsOf({ resource: "aws_s3_bucket.x" })).to.deep.equal([
            `${what} aws_s3_bucket.x suppresses nothing; take it out`,
        ]);
        expect(problemsOf({ stacks: ["dev", "prod", "live"] })).to.deep.equal([
            `${what} aws_s3_bucket.* suppresses nothing in stack "prod"; take the stack out of it`,
            `${what} aws_s3_bucket.* names a stack "live", which there is not`,
        ]);
        expect(problemsOf({ reason: " " })).to.deep.equal([
            `${what} aws_s3_bucket.* has no reason; say why it is right as it is`,
        ]);
        expect(problemsOf({})).to.deep.equal([]);
    });

    it("knows nothing of stacks that were not scanned", () => {
        const scans = new Map([["dev", bucket]]);
        const others: Suppression[] = [
            { ...suppression, check: "CKV_AWS_2" },
            { ...suppression, stacks: ["dev", "prod"] },
        ];
        expect(judge(scans, others, ["dev", "prod"]).problems).to.deep.equal([]);
    });
});

describe("the suppressions", () => {
    it("say why, in whole sentences, and none twice", () => {
        for (const { check, reason } of SUPPRESSIONS) expect(reason, check).to.match(/^[A-Z`].{20,}\.$/);
        const what = SUPPRESSIONS.map(({ check, resource }) => `${check} ${resource}`);
        expect(new Set(what).size).to.equal(what.length);
    });
});

import { expect } from "chai";
import { chooseVersion, originProblems, type VersionSummary } from "../../../plans/registry/selection.ts";

const here = { account: "123456789012", region: "eu-west-1" };
const arnOf = (version: number, account = here.account, region = here.region) =>
    `arn:aws:sagemaker:${region}:${account}:model-package/fraud/${version}`;
const groupOf = (account: string) => `arn:aws:sagemaker:eu-west-1:${account}:model-package-group/fraud`;

describe("originProblems", () => {
    it("takes what is of the stack's own account and region, and what is named without either", () => {
        expect(originProblems({ group: "fraud" }, here)).to.deep.equal([]);
        expect(originProblems({ arn: arnOf(3) }, here)).to.deep.equal([]);
    });

    it("takes another account's where that is trusted, and no third one's", () => {
        const trustedAccounts = ["111122223333"];
        expect(originProblems({ group: groupOf("111122223333"), trustedAccounts }, here)).to.deep.equal([]);
        expect(originProblems({ arn: arnOf(3, "111122223333"), trustedAccounts }, here)).to.deep.equal([]);
        const [problem] = originProblems({ arn: arnOf(3, "444455556666"), trustedAccounts }, here);
        expect(problem).to.contain("is of account 444455556666, which is not trusted; the stack is of 123456789012");
        expect(problem).to.contain("modelPackage.trustedAccounts");
    });

    it("takes no other region's, trusted or not, and says all at once", () => {
        const arn = arnOf(3, "111122223333", "us-east-1");
        expect(originProblems({ arn, trustedAccounts: ["111122223333"] }, here)).to.have.length(1);
        const [region, account] = originProblems({ arn }, here);
        expect(region).to.contain("is of region us-east-1, and the stack of eu-west-1");
        expect(account).to.contain("not trusted");
    });
});

describe("chooseVersion", () => {
    const version = (number: number, approval: string, status = "Completed"): VersionSummary => ({
        arn: arnOf(number),
        version: number,
        approval,
        status,
    });
    const [pending, failed, approved, rejected, older] = [
        version(5, "PendingManualApproval"),
        version(4, "Approved", "Failed"),
        version(3, "Approved"),
        version(2, "Rejected"),
        version(1, "Approved"),
    ] as const;
    const all = [pending, failed, approved, rejected, older];
    const problemOf = (chosen: ReturnType<typeof chooseVersion>) => ("problem" in chosen ? chosen.problem : chosen.arn);

    it("takes the newest that is approved and complete", () => {
        expect(chooseVersion("fraud", "latest-approved", all)).to.equal(approved);
        expect(chooseVersion("fraud", "latest-approved", [pending, older])).to.equal(older);
    });

    it("takes a version by its number, to be judged by what it is", () => {
        expect(chooseVersion("fraud", 1, all)).to.equal(older);
        expect(chooseVersion("fraud", 2, all)).to.equal(rejected);
    });

    it("says where none is approved what there is, and how to approve the newest", () => {
        expect(problemOf(chooseVersion("fraud", "latest-approved", [pending, failed, rejected]))).to.equal(
            'group "fraud" has no version that is approved: it has 1 PendingManualApproval, 1 Approved (Failed), 1 Rejected. ' +
                `Approve one: aws sagemaker update-model-package --model-package-arn ${arnOf(5)} --model-approval-status Approved`,
        );
    });

    it("says where there is no such version, and where there is none at all", () => {
        expect(problemOf(chooseVersion("fraud", 9, all))).to.contain(
            'group "fraud" has no version 9: it has 1 PendingManualApproval, 1 Approved (Failed), 2 Approved, 1 Rejected, the newest is 5',
        );
        expect(problemOf(chooseVersion("fraud", "latest-approved", []))).to.contain(
            'group "fraud" has no version; register one with serial-inference:registry',
        );
    });
});

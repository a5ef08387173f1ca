import { spawnSync } from "node:child_process";
import { expect } from "chai";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { recordProgram } from "../../local/graph/record-program.ts";
import { createProgress } from "../../local/progress.ts";
import { prepareStack, root } from "../../local/project.ts";
import { checkov, type Scanned } from "../../local/scan/checkov.ts";
import { terraformPlan } from "../../local/scan/terraform-plan.ts";
import { stackNames } from "../../local/stack/stack-file.ts";

function scan(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["local/scan.ts", ...args], { encoding: "utf8" });
    return { status, stdout, stderr };
}

describe("npm run scan", function () {
    this.timeout(300_000); // trains sample models that are missing

    it("finds nothing in any stack that is not suppressed with a reason, and needs every suppression", () => {
        const { status, stdout, stderr } = scan("--json");
        expect(status, stdout + stderr).to.equal(0);
        const { stacks, findings, suppressed, problems } = JSON.parse(stdout) as {
            stacks: Record<string, { resources: number; unchecked: number; passed: number }>;
            findings: unknown[];
            suppressed: { stack: string; check: string; reason: string }[];
            problems: string[];
        };
        expect([findings, problems]).to.deep.equal([[], []]);
        expect(Object.keys(stacks)).to.have.members(stackNames(root));
        for (const [stack, { resources, unchecked, passed }] of Object.entries(stacks)) {
            expect(resources - unchecked, stack).to.be.greaterThan(9);
            expect(passed, stack).to.be.greaterThan(30);
        }
        expect(
            [...new Set(suppressed.filter(({ stack }) => stack === "prod").map(({ check }) => check))].sort(),
        ).to.deep.equal(["CKV2_AWS_5", "CKV2_AWS_62", "CKV_AWS_144"]);
    });

    it("shows a stack's counts, and what is suppressed with the reason", () => {
        const { status, stdout } = scan("--stack", "pipeline");
        expect(status).to.equal(0);
        expect(stdout).to.match(/^suppressed 1 × CKV_AWS_285: Failed executions are logged, .*\. \(pipeline\)$/m);
        expect(stdout).to.match(/^pipeline: \d+ passed, 0 failed, \d+ suppressed over \d+ resources, \d+ of them /m);
        expect(stdout.trim().split("\n").at(-1)).to.match(/^0 failed, \d+ suppressed, 0 wrong suppressions$/);
    });

    it("exits with 2 where nothing was scanned, and says why", () => {
        const refused = (...args: readonly string[]) => {
            const { status, stdout, stderr } = scan(...args);
            expect(status, args.join(" ")).to.equal(2);
            expect(stdout).to.equal("");
            return stderr;
        };
        expect(refused("--stack", "nosuch")).to.contain("there is no Pulumi.nosuch.yaml");
        expect(refused("--stak", "dev")).to.contain("unknown option");
        expect(refused("--plan")).to.equal("--plan is for one stack: name it by --stack\n");
    });
});

type Inputs = Readonly<Record<string, unknown>>;
type Change = (resources: readonly RecordedResource[]) => readonly RecordedResource[];

/** Changes what resources of a type are given; a property that becomes undefined is left out. */
const given =
    (type: string, change: (inputs: Inputs) => Inputs): Change =>
    (resources) =>
        resources.map((resource) =>
            resource.type.endsWith(`:${type}`)
                ? { ...resource, inputs: { ...resource.inputs, ...change(resource.inputs) } }
                : resource,
        );

const set = (type: string, properties: Inputs): Change => given(type, () => properties);

const without =
    (...types: readonly string[]): Change =>
    (resources) =>
        resources.filter(({ type }) => !types.some((one) => type.endsWith(`:${one}`)));

/** Lets a policy say one thing more. */
const alsoAllows = (type: string, statement: Inputs): Change =>
    given(type, ({ policy }) => {
        const document = JSON.parse(policy as string) as { Statement: Inputs[] };
        const Statement = [...document.Statement, { Effect: "Allow", ...statement }];
        return { policy: JSON.stringify({ ...document, Statement }) };
    });

const ANYBODY = { Principal: "*" };

/** What is broken in prod, and the checks that see it. */
const BROKEN: Readonly<Record<string, readonly [Change, ...string[]]>> = {
    "a bucket without a public access block": [without("BucketPublicAccessBlock"), "CKV2_AWS_6"],
    "a public access block that lets ACLs be": [
        set("BucketPublicAccessBlock", { blockPublicAcls: false }),
        "CKV2_AWS_6",
        "CKV_AWS_53",
    ],
    "a bucket without versions": [without("BucketVersioning"), "CKV_AWS_21"],
    "a bucket with S3's own key": [without("BucketServerSideEncryptionConfiguration"), "CKV_AWS_145"],
    "a bucket that expires nothing": [without("BucketLifecycleConfiguration"), "CKV2_AWS_61"],
    "a bucket that does not record who reads it": [without("BucketLogging"), "CKV_AWS_18"],
    "a bucket with ACLs": [
        set("BucketOwnershipControls", { rule: { objectOwnership: "ObjectWriter" } }),
        "CKV2_AWS_65",
    ],
    "a bucket that anybody reads": [
        alsoAllows("BucketPolicy", { ...ANYBODY, Action: "s3:GetObject", Resource: "*" }),
        "CKV_AWS_70",
    ],
    "a log without an end": [set("LogGroup", { retentionInDays: undefined }), "CKV_AWS_338", "CKV_AWS_66"],
    "a log for a month": [set("LogGroup", { retentionInDays: 30 }), "CKV_AWS_338"],
    "a log with CloudWatch's key": [set("LogGroup", { kmsKeyId: undefined }), "CKV_AWS_158"],
    "a key that is never rotated": [set("Key", { enableKeyRotation: false }), "CKV_AWS_7"],
    "a key without a policy": [without("KeyPolicy"), "CKV2_AWS_64"],
    "a key that anybody uses": [alsoAllows("KeyPolicy", { ...ANYBODY, Action: "kms:*", Resource: "*" }), "CKV_AWS_33"],
    "images that are not scanned": [
        set("Repository", { imageScanningConfiguration: { scanOnPush: false } }),
        "CKV_AWS_163",
    ],
    "tags that can be moved": [set("Repository", { imageTagMutability: "MUTABLE" }), "CKV_AWS_51"],
    "images without a key": [set("Repository", { encryptionConfigurations: undefined }), "CKV_AWS_136"],
    "images that anybody pulls": [
        alsoAllows("RepositoryPolicy", { ...ANYBODY, Action: "ecr:BatchGetImage" }),
        "CKV_AWS_32",
    ],
    "volumes without a key": [set("EndpointConfiguration", { kmsKeyArn: undefined }), "CKV_AWS_98"],
    "containers with a way out": [set("Model", { enableNetworkIsolation: false }), "CKV_AWS_370"],
    "a role that may do anything": [
        alsoAllows("RolePolicy", { Action: "*", Resource: "*" }),
        "CKV2_AWS_40",
        "CKV_AWS_286",
        "CKV_AWS_287",
        "CKV_AWS_288",
        "CKV_AWS_289",
        "CKV_AWS_290",
        "CKV_AWS_355",
        "CKV_AWS_62",
        "CKV_AWS_63",
    ],
    "a role that reads every bucket": [
        alsoAllows("RolePolicy", { Action: "s3:GetObject", Resource: "*" }),
        "CKV_AWS_288",
        "CKV_AWS_355",
    ],
    "a topic without a key": [set("Topic", { kmsMasterKeyId: undefined }), "CKV_AWS_26"],
    "a topic that anybody publishes to": [
        alsoAllows("TopicPolicy", { ...ANYBODY, Action: "sns:Publish", Resource: "*" }),
        "CKV_AWS_169",
    ],
    "alarms that tell nobody": [set("MetricAlarm", { actionsEnabled: false }), "CKV_AWS_319"],
    "a network without flow logs": [without("FlowLog"), "CKV2_AWS_11"],
    "a network with its default security group": [without("DefaultSecurityGroup"), "CKV2_AWS_12"],
    "a network that lets SSH in": [
        set("SecurityGroupIngressRule", {
            referencedSecurityGroupId: undefined,
            cidrIpv4: "0.0.0.0/0",
            fromPort: 22,
            toPort: 22,
        }),
        "CKV_AWS_24",
    ],
    "a network with a way out": [
        set("SecurityGroupEgressRule", {
            prefixListId: undefined,
            cidrIpv4: "0.0.0.0/0",
            ipProtocol: "-1",
            fromPort: -1,
            toPort: -1,
        }),
        "CKV_AWS_382",
    ],
    "a security group that nothing has": [set("VpcEndpoint", { securityGroupIds: undefined }), "CKV2_AWS_5"],
};

const SOUND = "as it is";

describe("Checkov", function () {
    this.timeout(300_000);

    let scans: ReadonlyMap<string, Scanned>;
    before(async () => {
        const progress = createProgress();
        const { config } = await prepareStack("prod", progress);
        const { resources } = await recordProgram(root, config);
        const changes: [string, Change][] = [[SOUND, (same) => same]];
        for (const [what, [change]] of Object.entries(BROKEN)) changes.push([what, change]);
        scans = await checkov(
            new Map(changes.map(([what, change]) => [what, terraformPlan(change(resources))])),
            progress,
        );
    });

    const failures = (what: string) =>
        (scans.get(what)?.failed ?? []).map(({ check, resource }) => `${check} ${resource}`);

    for (const [what, [, ...checks]] of Object.entries(BROKEN)) {
        it(`sees ${what} by ${checks.join(", ")}`, () => {
            const sound = new Set(failures(SOUND));
            const added = failures(what).filter((failure) => !sound.has(failure));
            expect([...new Set(added.map((failure) => failure.split(" ")[0]))].sort()).to.deep.equal(checks);
        });
    }
});

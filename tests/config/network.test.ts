import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import { PlanError } from "../../plans/plan-error.ts";

const settings = (keys: Readonly<Record<string, unknown>>) =>
    parseSettings(
        {
            "serial-inference:pattern": "inference-container",
            "serial-inference:steps": JSON.stringify([{ name: "digits", image: { mirror: "image" } }]),
            ...Object.fromEntries(
                Object.entries(keys).map(([key, value]) => [
                    `serial-inference:${key}`,
                    typeof value === "string" ? value : JSON.stringify(value),
                ]),
            ),
        },
        "Pulumi.test.yaml",
    );
function problems(keys: Readonly<Record<string, unknown>>): readonly string[] {
    try {
        settings(keys);
    } catch (error) {
        if (error instanceof PlanError)
            return error.problems.map((problem) => problem.replace("serial-inference:", ""));
        throw error;
    }
    return [];
}
const subnetIds = ["subnet-0123456789abcdef0", "subnet-01234567"];

describe("network", () => {
    it("takes all it may say, and nothing", () => {
        for (const network of [
            {},
            { isolation: true },
            { vpc: { subnetIds } },
            { isolation: false, vpc: { subnetIds, securityGroupIds: ["sg-0123456789abcdef0"] } },
            { vpc: { make: {} } },
            { vpc: { make: { cidr: "10.1.0.0/16", availabilityZones: 3, endpoints: [] } } },
            {
                vpc: {
                    make: { availabilityZones: ["us-gov-west-1a", "us-gov-west-1b"], endpoints: ["logs", "ecr.api"] },
                },
            },
        ])
            expect(settings({ network }).network).to.deep.equal(network);
    });

    const refused: Readonly<Record<string, readonly [unknown, string]>> = {
        "a VPC without subnets": [
            { vpc: {} },
            "network.vpc: found an empty mapping; accepted: a mapping with exactly one of make, subnetIds",
        ],
        "no subnet in it": [
            { vpc: { subnetIds: [] } },
            "network.vpc.subnetIds: found a list of 0; accepted: a list of 2 to 16 ids of subnets",
        ],
        "a single subnet": [
            { vpc: { subnetIds: subnetIds.slice(1) } },
            "network.vpc.subnetIds: found a list of 1; accepted: a list of 2 to 16 ids of subnets",
        ],
        "six groups": [
            { vpc: { subnetIds, securityGroupIds: Array(6).fill("sg-01234567") } },
            "network.vpc.securityGroupIds: found a list of 6; accepted: a list of 1 to 5 ids of security groups",
        ],
        "a subnet's ARN": [
            { vpc: { subnetIds: [subnetIds[0], "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-01234567"] } },
            'network.vpc.subnetIds[1]: found "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-01234567"; accepted: an id such as subnet-0123456789abcdef0',
        ],
        "a zone": [
            { vpc: { make: { availabilityZones: 1 } } },
            "network.vpc.make.availabilityZones: found 1; accepted: a whole number of availability zones from 2 to 6",
        ],
        "isolation by a word": [{ isolation: "on" }, 'network.isolation: found "on"; accepted: true or false'],
        "a mistyped key": [
            { isolaton: true },
            'network.isolaton: unknown key, did you mean "isolation"?; accepted: isolation, vpc',
        ],
    };
    for (const [what, [network, problem]] of Object.entries(refused)) {
        it(`refuses ${what}`, () => {
            expect(problems({ network })).to.deep.equal([problem]);
        });
    }
});

describe("key", () => {
    const arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    it("is the ARN of a key, or one that is made", () => {
        for (const key of [arn, { make: {} }, { make: { deletionDays: 7, rotationDays: 90 } }])
            expect(settings({ key }).key).to.deep.equal(key);
    });

    it("is refused otherwise", () => {
        expect(problems({ key: { make: { deletionDays: 3 } } })).to.deep.equal([
            "key.make.deletionDays: found 3; accepted: a whole number of days from 7 to 30",
        ]);
        const accepted =
            "the ARN of a KMS key, such as arn:aws:kms:us-east-1:123456789012:key/…, no alias; or a mapping of make";
        expect(problems({ key: "make" })).to.deep.equal([`key: found "make"; accepted: ${accepted}`]);
    });
});

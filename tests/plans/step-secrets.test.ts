import { expect } from "chai";
import fc from "fast-check";
import { type Step, stepEnvironment, stepProblems } from "../../plans/step.ts";
import { secretStatements } from "../../plans/step-secrets.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/token-1a2B3c";
const OTHER = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/other-4d5E6f";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const step = (keys: Partial<Step>): Step => ({ name: "first", image: { mirror: "image" }, ...keys });

describe("secrets of a step", () => {
    it("tell the container where they are", () => {
        const environment = stepEnvironment(step({ secrets: { TOKEN: { arn: ARN } }, environment: { LEVEL: "info" } }));
        expect(environment).to.deep.equal({ TOKEN: ARN, LEVEL: "info" });
    });

    it("let the role read just them, and decrypt by Secrets Manager alone", () => {
        const first = step({ secrets: { TOKEN: { arn: ARN, key: KEY }, SAME: { arn: ARN } } });
        expect(secretStatements([first, step({ name: "second", secrets: { OTHER: { arn: OTHER } } })])).to.deep.equal([
            { Sid: "Secrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [ARN, OTHER] },
            {
                Sid: "SecretKeys",
                Effect: "Allow",
                Action: "kms:Decrypt",
                Resource: [KEY],
                Condition: { StringEquals: { "kms:ViaService": ["secretsmanager.eu-west-1.amazonaws.com"] } },
            },
        ]);
        expect(secretStatements([step({ secrets: { TOKEN: { arn: ARN } } })])).to.have.length(1);
        expect(secretStatements([step({})])).to.deep.equal([]);
    });

    it("are asked of Secrets Manager by the name that it has in the secret's partition", () => {
        const arn = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:token-AbCdEf";
        const [, keys] = secretStatements([step({ secrets: { TOKEN: { arn, key: KEY } } })]);
        expect(keys?.Condition).to.deep.equal({
            StringEquals: { "kms:ViaService": ["secretsmanager.cn-north-1.amazonaws.com.cn"] },
        });
    });

    it("are not variables of the environment as well", () => {
        expect(stepProblems([step({ secrets: { TOKEN: { arn: ARN } }, environment: { TOKEN: "x" } })])).to.deep.equal([
            'step "first": "TOKEN" is in environment and in secrets; leave it out of one',
        ]);
    });

    it("have names as the environment's", () => {
        expect(stepProblems([step({ secrets: { "MY-TOKEN": { arn: ARN } } })])).to.have.length(1);
    });
});

describe("secrets in plain text", () => {
    const problems = (name: string, value: string) => stepProblems([step({ environment: { [name]: value } })]);
    const looks = (name: string, what: string) => [
        `step "first": environment "${name}" holds what looks like ${what}: whoever may describe the model reads it; keep it in Secrets ` +
            'Manager, and name its ARN under "secrets"',
    ];

    for (const [what, name, value] of [
        ["an AWS access key id", "ID", "AKIAIOSFODNN7EXAMPLE"],
        ["an AWS access key id", "ID", "key=ASIAIOSFODNN7EXAMPLE;"],
        ["AWS credentials", "AWS_SECRET_ACCESS_KEY", "anything"],
        ["a private key", "KEY", "-----BEGIN RSA PRIVATE KEY-----\nMII"],
        ["a private key", "KEY", "-----BEGIN PRIVATE KEY-----"],
        ["a GitHub token", "TOKEN", `ghp_${"a1B2".repeat(9)}`],
        ["a Hugging Face token", "HF_TOKEN", `hf_${"aB".repeat(17)}`],
        ["a Slack token", "SLACK", "xoxb-123456789012-abc"],
        ["a URL with a password", "DATABASE", "postgres://user:hunter2@db.example.com/x"],
    ] as const) {
        it(`are refused: ${what} in ${name}, without a word of the value`, () => {
            expect(problems(name, value)).to.deep.equal(looks(name, what));
        });
    }

    it("are refused in the arguments of a build", () => {
        const image = { build: { folder: "containers/digits", args: { TOKEN: `ghp_${"a1B2".repeat(9)}` } } };
        expect(stepProblems([step({ image })])).to.deep.equal([
            'step "first": image.build.args "TOKEN" holds what looks like a GitHub token: it stays in the image\'s history, where whoever may ' +
                "pull it reads it; leave it out",
        ]);
    });

    it("are not seen in what containers are usually told", () => {
        for (const value of [
            "info",
            "probabilities",
            "s3://bucket/key",
            "https://example.com:8080/a@b",
            ARN,
            "sha256:0a1b2c",
        ])
            expect(problems("SETTING", value)).to.deep.equal([]);
        fc.assert(
            fc.property(fc.stringMatching(/^[a-z0-9 .,/_=-]{0,40}$/), (value) => {
                expect(problems("SETTING", value)).to.deep.equal([]);
            }),
        );
    });
});

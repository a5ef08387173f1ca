import { expect } from "chai";
import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { modelEnvironment } from "../../../../policy/rules/sagemaker/model-environment.ts";
import { modelEnvironmentSecrets } from "../../../../policy/rules/sagemaker/model-environment-secrets.ts";
import { describeRule } from "../../describe-rule.ts";
import { judged } from "../../judged.ts";

const primary = (environment: unknown) => ({ primaryContainer: { environment } });
const entries = (count: number, value = "1") =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`K${i}`, value]));

describeRule(modelEnvironment, {
    passes: {
        "no environment": { primaryContainer: {} },
        "100 entries of 1,024 bytes at most": primary({ ...entries(99), LONG: "x".repeat(1024) }),
        "32 KB over all containers": {
            containers: [
                { environment: entries(15, "x".repeat(1020)) },
                { environment: entries(15, "x".repeat(1020)) },
            ],
        },
    },
    fails: {
        "101 entries": [primary(entries(101)), "primaryContainer.environment has 101 entries; accepted: up to 100"],
        "1,025 bytes, counted as UTF-8": [
            primary({ LONG: "é".repeat(513), [`N${"x".repeat(1024)}`]: "1" }),
            "primaryContainer.environment.LONG has 1026 bytes in its name or its value; accepted: up to 1024",
            `primaryContainer.environment.N${"x".repeat(1024)} has 1025 bytes in its name or its value; accepted: up to 1024`,
        ],
        "names that are none": [
            primary({ "1ST": "1", "a-b": "1" }),
            "primaryContainer.environment.1ST is no name; accepted: letters, digits and _, and no digit first",
            "primaryContainer.environment.a-b is no name; accepted: letters, digits and _, and no digit first",
        ],
        "more than 32 KB over all containers": [
            {
                containers: [
                    { environment: entries(20, "x".repeat(1020)) },
                    { environment: entries(20, "x".repeat(1020)) },
                ],
            },
            "the containers' environments have 40900 bytes together; accepted: up to 32768",
        ],
    },
    waits: {
        "a value that is not known": [
            primary({ URL: NOT_KNOWN }),
            "it: primaryContainer.environment.URL",
            "it: primaryContainer.environment.URL",
        ],
    },
});

const REFERENCE = "accepted: a reference to it, such as an ARN";
const said = (key: string, what: string) => `primaryContainer.environment.${key} ${what}; ${REFERENCE}`;
const TOKENS: Readonly<Record<string, readonly [value: string, what: string]>> = {
    AWS: [`AKIA${"ABCDEFGH".repeat(2)}`, "holds an AWS access key id"],
    PEM: ["-----BEGIN RSA PRIVATE KEY-----\nMII", "holds a private key"],
    GIT: [`ghp_${"a1".repeat(18)}`, "holds a GitHub token"],
    HUB: [`hf_${"a1".repeat(17)}`, "holds a Hugging Face token"],
    CHAT: ["xoxb-1234567890-abc", "holds a Slack token"],
    WEB: ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "holds a JSON web token"],
    DATABASE: ["postgres://user:hunter22@db:5432/x", "holds a URL with a password"],
};

describeRule(modelEnvironmentSecrets, {
    passes: {
        "what SageMaker's containers are told": primary({
            SAGEMAKER_PROGRAM: "inference.py",
            SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "ensemble",
            TOKENIZERS_PARALLELISM: "false",
            MAX_TOKENS: "512",
            EOS_TOKEN: "</s>",
        }),
        "references to secrets": primary({
            API_KEY: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf",
            DB_PASSWORD: "/run/secrets/password",
            TOKEN: "https://vault.example.com/token",
            MODEL_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf",
        }),
    },
    fails: {
        "secrets by their name": [
            primary({ DB_PASSWORD: "correct-horse-battery", apiKey: "0a1b2c3d4e5f", HF_TOKEN: "something-long" }),
            said("DB_PASSWORD", "is a secret by its name"),
            said("apiKey", "is a secret by its name"),
            said("HF_TOKEN", "is a secret by its name"),
        ],
        ...Object.fromEntries(
            Object.entries(TOKENS).map(([key, [value, what]]) => [
                `what ${what}`,
                [primary({ [key]: value }), said(key, what)] as const,
            ]),
        ),
    },
    waits: {
        "a value that is not known, and no other": [
            primary({ FIRST: NOT_KNOWN, SECOND: "2" }),
            "it: primaryContainer.environment.FIRST",
        ],
    },
});

describeRule(modelEnvironmentSecrets, {
    settings: { allowed: ["BOS_TOKEN"] },
    passes: { "a name that is none": primary({ BOS_TOKEN: "<|begin_of_text|>" }) },
    fails: {
        "any other": [primary({ MY_TOKEN: "<|begin_of_text|>" }), said("MY_TOKEN", "is a secret by its name")],
    },
});

it("model-environment-secrets never repeats a secret", () => {
    for (const [key, [value]] of Object.entries(TOKENS)) {
        const { messages } = judged(modelEnvironmentSecrets, primary({ [key]: value }));
        expect(messages.join()).not.to.contain(value);
    }
});

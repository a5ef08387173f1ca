import type { Statement } from "./iam/statement.ts";
import type { Step } from "./step.ts";

/** A secret of AWS Secrets Manager that a container reads by itself. */
export interface StepSecret {
    /** With the six characters that Secrets Manager adds to the name. */
    readonly arn: string;
    /** ARN of the KMS key that encrypts it. @default - Secrets Manager's own, aws/secretsmanager */
    readonly key?: string;
}

/** What the container's environment tells of a step's secrets: where each is, never what it says. */
export const secretEnvironment = (
    secrets: Readonly<Record<string, StepSecret>> = {},
): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(secrets).map(([name, { arn }]) => [name, arn]));

/** Variables that a step names twice. */
export const secretProblems = ({ name, environment = {}, secrets = {} }: Step): string[] =>
    Object.keys(secrets)
        .filter((variable) => variable in environment)
        .map((variable) => `step "${name}": "${variable}" is in environment and in secrets; leave it out of one`);

/** What an execution role needs to read the secrets of these steps, and no others. */
export function secretStatements(steps: readonly Step[]): Statement[] {
    const secrets = steps.flatMap((step) => Object.values(step.secrets ?? {}));
    if (secrets.length === 0) return [];
    const keys = new Map(
        secrets.flatMap(({ arn, key }) => (key === undefined ? [] : [[key, serviceOf(arn)] as const])),
    );
    return [
        {
            Sid: "Secrets",
            Effect: "Allow",
            Action: "secretsmanager:GetSecretValue",
            Resource: [...new Set(secrets.map(({ arn }) => arn))],
        },
        ...(keys.size === 0
            ? []
            : ([
                  {
                      Sid: "SecretKeys",
                      Effect: "Allow",
                      Action: "kms:Decrypt",
                      Resource: [...keys.keys()],
                      Condition: { StringEquals: { "kms:ViaService": [...new Set(keys.values())] } },
                  },
              ] satisfies Statement[])),
    ];
}

/** Secrets Manager in the secret's region, which alone decrypts with the key. */
function serviceOf(arn: string): string {
    const [, partition, , region = ""] = arn.split(":");
    return `secretsmanager.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
}

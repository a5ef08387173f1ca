import { z } from "zod";
import { secretForm } from "../../../plans/secret-looking.ts";
import { each } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import { matchesAny } from "../../framework/glob.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./types.ts";

/** Names whose value is a secret, unless it is a reference to one. */
const NAME =
    /(^|_)(password|passwd|passphrase|secret|token|api_?key|access_?key|secret_?key|private_?key|credentials?)$/i;

/** What the value of such a name may be: an ARN, a path, an address, a number, or a word too short to be a secret. */
const REFERENCE = /^(arn:|\/|s3:|https?:|ssm:|\d+$|true$|false$|.{0,7}$)/i;

function secretIn(environment: Fields, key: string): string | undefined {
    const value = environment.text(key) ?? "";
    const shown = secretForm(value);
    if (shown !== undefined) return `holds ${shown}`;
    return NAME.test(key) && !REFERENCE.test(value) ? "is a secret by its name" : undefined;
}

export const modelEnvironmentSecrets = resourceRule({
    id: "model-environment-secrets",
    title: "The environment of a model's containers holds no secrets.",
    why: "Whoever may call DescribeModel reads the environment, and it stands in Pulumi's state and in the console.",
    controls: [{ standard: "ours", id: "no secrets in the environment" }],
    remediation: "Keep the secret in Secrets Manager, give the container its ARN, and the role the right to read it.",
    level: "mandatory",
    options: {
        allowed: z.array(z.string()).default([]).describe("Names of variables that are no secrets, such as BOS_TOKEN."),
    },
    types: [MODEL],
    check: ({ properties: model }, { options: { allowed } }) =>
        each(containersOf(model), (container) => {
            const environment = container.block("environment");
            const keys = (environment?.keys() ?? []).filter((key) => !matchesAny(allowed, key));
            return each(keys, (key) => {
                const found = environment && secretIn(environment, key);
                return environment === undefined || found === undefined
                    ? []
                    : [environment.problem(key, `${found}; accepted: a reference to it, such as an ARN`)];
            });
        }),
});

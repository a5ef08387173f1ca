/** What is a secret by its form, wherever it stands. */
const FORMS: readonly (readonly [RegExp, string])[] = [
    [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key id"],
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
    [/\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/, "a GitHub token"],
    [/\bhf_[A-Za-z0-9]{30}/, "a Hugging Face token"],
    [/\bxox[abeprs]-[A-Za-z0-9-]{10}/, "a Slack token"],
    [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/, "a JSON web token"],
    [/:\/\/[^/\s:@]+:[^/\s:@]+@/, "a URL with a password"],
];

/** Variables that SDKs take credentials from, whatever stands in them. */
const CREDENTIALS = /^AWS_(?:SECRET_ACCESS_KEY|SESSION_TOKEN)$/;

/** What secret a text holds, such as "a private key"; undefined where none shows. */
export const secretForm = (text: string): string | undefined => FORMS.find(([form]) => form.test(text))?.[1];

/** What a variable looks like that must not be in plain text; undefined where it looks harmless. */
const secretLooking = (name: string, value: string): string | undefined =>
    CREDENTIALS.test(name) ? "AWS credentials" : secretForm(value);

const whyNot = {
    environment:
        'whoever may describe the model reads it; keep it in Secrets Manager, and name its ARN under "secrets"',
    "image.build.args": "it stays in the image's history, where whoever may pull it reads it; leave it out",
} as const;

/** Secrets among variables that are kept in plain text. Says their names alone. */
export const plainSecretProblems = (
    step: string,
    place: keyof typeof whyNot,
    variables: Readonly<Record<string, string>> = {},
): string[] =>
    Object.entries(variables).flatMap(([name, value]) => {
        const looks = secretLooking(name, value);
        return looks === undefined
            ? []
            : [`step "${step}": ${place} "${name}" holds what looks like ${looks}: ${whyNot[place]}`];
    });

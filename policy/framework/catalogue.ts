import { ENVIRONMENTS } from "./environment.ts";
import { levelIn } from "./level.ts";
import type { ResourceRule, Rule } from "./rule.ts";
import { configSchema } from "./settings.ts";

interface Schema {
    readonly description?: string;
    readonly default?: unknown;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("*", "\\*");

const levels = (rule: Rule): string => {
    const each = ENVIRONMENTS.map((environment) => levelIn(rule, environment));
    return new Set(each).size === 1
        ? (each[0] ?? "")
        : ENVIRONMENTS.map((one, index) => `${one} ${each[index] ?? ""}`).join(", ");
};

function options(rule: Rule): string[] {
    const own = Object.entries(configSchema(rule)).filter(([name]) => name !== "exemptions") as [string, Schema][];
    return own.map(
        ([name, { description = "", default: value }]) =>
            `- \`${name}\` (default \`${JSON.stringify(value)}\`): ${cell(description)}`,
    );
}

const section = (rule: Rule): string[] => [
    `### ${rule.id}`,
    "",
    `${cell(rule.title)} ${cell(rule.why)}`,
    "",
    `- **Level**: ${levels(rule)}`,
    `- **Answers to**: ${rule.controls.map(({ standard, id }) => `${standard} ${id}`).join(", ")}`,
    `- **Looks at**: ${rule.kind === "stack" ? "the stack as a whole" : (rule as ResourceRule).types.map((type) => `\`${type}\``).join(", ")}`,
    `- **What to do**: ${cell(rule.remediation)}`,
    ...options(rule),
    "",
];

/** The page that lists every rule, in Markdown. */
export function catalogue(rules: readonly Rule[]): string {
    const rows = rules.map(
        (rule) =>
            `| [${rule.id}](#${rule.id}) | ${levels(rule)} | ${rule.controls.map(({ standard, id }) => (standard === "ours" ? "ours" : `${standard} ${id}`)).join(", ")} |`,
    );
    return [
        "# The rules of the policy pack",
        "",
        `The ${rules.length} rules, written by \`node tools/policy-catalogue.ts\` from the rules themselves. [How the pack is used](policy.md).`,
        "",
        "| rule | level | answers to |",
        "|---|---|---|",
        ...rows,
        "",
        ...rules.flatMap(section),
    ]
        .join("\n")
        .trimEnd()
        .concat("\n");
}

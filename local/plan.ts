import { command, report } from "./command.ts";
import type { RecordedResource } from "./graph/recorded-resource.ts";
import { root } from "./project.ts";
import { recordStack } from "./record-stack.ts";

interface PlanOptions {
    readonly stack: string;
    readonly json?: boolean;
}

/** The registered resources as a tree, by parent. */
function tree(resources: readonly RecordedResource[]): string[] {
    const children = Map.groupBy(resources, ({ parent }) => parent);
    const below = (parent: string | null, indent: string): string[] =>
        (children.get(parent) ?? []).flatMap(({ urn, type, name, isProtected }) => [
            `${indent}${type}  ${name}${isProtected ? "  (protected)" : ""}`,
            ...below(urn, `${indent}    `),
        ]);
    return below(null, "");
}

async function plan({ stack, json }: PlanOptions): Promise<void> {
    process.chdir(root);
    const {
        resources,
        outputs,
        stack: { settings },
    } = await recordStack(stack);
    if (json ?? false) {
        const listed = resources.map(({ urn, type, name, parent, isProtected, inputs }) => ({
            urn,
            type,
            name,
            parent,
            ...(isProtected && { protected: true }),
            inputs,
        }));
        process.stdout.write(`${JSON.stringify(listed, undefined, 2)}\n`);
        return;
    }
    const shown = [
        ...tree(resources),
        "",
        `${resources.length} resources; outputs:`,
        ...Object.entries(outputs).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
        "account, generated names and digests are placeholders: nothing was looked up, built or uploaded",
        ...(settings.allowedAccounts === undefined
            ? []
            : ["allowedAccounts was not checked: offline there is no account"]),
    ];
    process.stdout.write(`${shown.join("\n")}\n`);
}

await command(
    "plan",
    "What a stack would deploy: every resource the program registers, offline and without credentials.",
)
    .option("--json", "an array of {urn, type, name, parent, protected?, inputs}; parent is a urn")
    .action(plan)
    .parseAsync()
    .catch(report);

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { command, report } from "./command.ts";
import { dot } from "./diagram/dot.ts";
import { drawStack } from "./diagram/draw-stack.ts";
import { render } from "./diagram/render.ts";
import { root } from "./project.ts";
import { recordStack } from "./record-stack.ts";
import { stackNames } from "./stack/stack-file.ts";

interface DiagramOptions {
    readonly stack: string;
    readonly output?: string;
    readonly dot?: boolean;
}

async function diagram({ stack, output, dot: asText = false }: DiagramOptions): Promise<void> {
    process.chdir(root);
    const { resources } = await recordStack(stack);
    const described = dot(drawStack(resources));
    const drawn = asText ? described : await render(described);
    if (output === "-") {
        process.stdout.write(drawn);
        return;
    }
    const file = output ?? `docs/diagrams/${stack}.${asText ? "dot" : "svg"}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, drawn);
    process.stdout.write(`${file}\n`);
}

/** A program is recorded once a process, so each stack takes one. */
function everyStack(options: Omit<DiagramOptions, "stack" | "output">): void {
    const flags = options.dot === true ? ["--dot"] : [];
    for (const stack of stackNames(root)) {
        const { status } = spawnSync(process.execPath, [import.meta.filename, "--stack", stack, ...flags], {
            stdio: "inherit",
        });
        if (status !== 0) throw new Error(`stack "${stack}" could not be drawn; those before it are`);
    }
}

const program = command(
    "diagram",
    "Draws the architecture of a stack, or of every one, from the resources that the program registers, offline.",
    "every stack",
);
await program
    .option("-o, --output <file>", "where to; - is standard output (default: docs/diagrams/STACK.svg)")
    .option("--dot", "Graphviz's language rather than SVG")
    .action(async ({ stack, ...options }: Partial<DiagramOptions>) => {
        if (stack !== undefined) await diagram({ stack, ...options });
        else if (options.output !== undefined) throw new Error("--output is for one stack: name it by --stack");
        else everyStack(options);
    })
    .parseAsync()
    .catch(report);

import "./compile-cache.ts";
import { Command } from "commander";
import { PlanError } from "../plans/plan-error.ts";

/**
 * A command line of this project: flags, `--help`, and exit code 1 with the message alone when the work fails.
 * @param withoutStack what it works on where no stack is named. @default - stack dev
 */
export function command(name: string, description: string, withoutStack?: string): Command {
    const stack = ["-s, --stack <name>", "the stack: its config is in Pulumi.<name>.yaml"] as const;
    const program = new Command(`npm run ${name} --`).description(description).showHelpAfterError();
    return withoutStack === undefined
        ? program.option(...stack, "dev")
        : program.option(stack[0], `${stack[1]} (default: ${withoutStack})`);
}

/** Prints what went wrong; the stack trace only of what nobody foresaw, or where $DEBUG asks for it. */
export function report(error: unknown): void {
    const unexpected = !(error instanceof PlanError) && !(error instanceof Error && error.constructor === Error);
    const shown =
        error instanceof Error
            ? unexpected || process.env["DEBUG"] !== undefined
                ? error.stack
                : error.message
            : String(error);
    process.stderr.write(`${shown ?? ""}\n`);
    process.exitCode = 1;
}

/**
 * Parses the command line, and runs it.
 * @param failed exit code of a wrong command line, and of work that throws, where 1 says what the work found
 */
export async function parse(program: Command, failed: number): Promise<void> {
    await program
        .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : failed))
        .parseAsync()
        .catch((error: unknown) => {
            report(error);
            process.exitCode = failed;
        });
}

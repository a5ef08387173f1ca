import { recordProgram, type RecordedProgram } from "./graph/record-program.ts";
import { createProgress } from "./progress.ts";
import { prepareStack, root, type Stack } from "./project.ts";

/** A stack, and what the program registers for it, once a process. @throws what either refuses */
export async function recordStack(name: string): Promise<RecordedProgram & { readonly stack: Stack }> {
    const stack = await prepareStack(name, createProgress());
    return { stack, ...(await recordProgram(root, stack.config)) };
}

import { getSystemErrorMessage } from "node:util";

/** What the operating system said, such as "permission denied", without the path that Node adds. */
export function systemReason(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    // zlib's errors have a number too, but one of its own, and no system call
    if ("syscall" in error && "errno" in error && typeof error.errno === "number") {
        return getSystemErrorMessage(error.errno);
    }
    return error.message;
}

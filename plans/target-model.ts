import { LIMITS } from "./limits.ts";

/** Printable ASCII, of which the first is no space: SageMaker Runtime's pattern, narrowed to what an HTTP header carries [B]. */
const PRINTABLE = /^[\x21-\x7e][\x20-\x7e]*$/;

/** Why a text can name no model of a multi-model container; undefined where it can. */
export function targetModelProblem(target: string): string | undefined {
    if (target.length > LIMITS.targetModelLength)
        return `it has ${target.length} characters; at most ${LIMITS.targetModelLength}`;
    if (target === "") return "it is empty";
    if (target.startsWith("/")) return "it begins with /; keys are relative to the model prefix";
    if (target.split("/").includes("..")) return 'it holds the segment ".."; keys lead down only';
    if (!PRINTABLE.test(target)) return "it holds characters that are not printable ASCII, or begins with a space";
    return undefined;
}

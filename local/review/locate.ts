import { LineCounter, parseDocument } from "yaml";
import type { Finding } from "../../policy/framework/review.ts";

const STEPS = "serial-inference:steps";
const ENDPOINT = "serial-inference:endpoint";

/** Resources that a stack file describes below `endpoint`. */
const OF_ENDPOINT = /^aws:(sagemaker\/endpoint|appautoscaling\/|cloudwatch\/)/;

/**
 * Finds the line of a stack file that a finding is about: the step whose container, image or artifact it is, or the endpoint.
 * @returns a function that gives line 1 where the file says nothing of it
 */
export function locator(stackFile: string): (finding: Finding) => number {
    const counter = new LineCounter();
    const document = parseDocument(stackFile, { lineCounter: counter });
    const lineAt = (...path: readonly (string | number)[]): number | undefined => {
        const node = document.getIn(["config", ...path], true) as { range?: readonly number[] } | undefined;
        const offset = node?.range?.[0];
        return offset === undefined ? undefined : counter.linePos(offset).line;
    };
    const steps = (document.getIn(["config", STEPS], false) as { items?: readonly unknown[] } | undefined)?.items ?? [];
    const names = steps.map((_, index) => document.getIn(["config", STEPS, index, "name"]));

    return ({ resource, path = "" }) => {
        if (resource === undefined) return 1;
        const container = /^(primaryContainer|containers\[(\d+)\])/.exec(path);
        const ofStep =
            container === null
                ? names.findIndex((name) => typeof name === "string" && resource.name.endsWith(`-${name}`))
                : Number(container[2] ?? 0);
        if (ofStep >= 0) return lineAt(STEPS, ofStep) ?? 1;
        return (OF_ENDPOINT.test(resource.type) ? lineAt(ENDPOINT) : undefined) ?? 1;
    };
}

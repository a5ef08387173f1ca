import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hostedEndpoints } from "../local/graph/hosted-endpoint.ts";
import { recordProgram } from "../local/graph/record-program.ts";
import { servedFolder } from "../local/launcher/process-launcher.ts";
import { pythonEnvironment } from "../local/launcher/python-environment.ts";
import { unpackModel } from "../local/launcher/unpack-model.ts";
import { createProgress } from "../local/progress.ts";
import { environments, prepareStack, root } from "../local/project.ts";
import type { Sample } from "../plans/settings.ts";

/** What calling a stack's handlers in one process takes. */
export interface DescribedSteps {
    /** An interpreter with the requirements of all steps. */
    readonly python: string;
    /** Where the step server's packages are. */
    readonly pythonPath: string;
    readonly sample: Required<Pick<Sample, "body" | "contentType" | "accept">>;
    /** How many. */
    readonly steps: number;
    /** What steps.py reads. */
    readonly file: string;
}

/** Unpacks the models of a stack's steps into a folder, and describes the steps there. Works once a process, as recordProgram. */
async function describeSteps(stack: string, into: string): Promise<DescribedSteps> {
    const progress = createProgress();
    const { config, settings, python } = await prepareStack(stack, progress);
    const { sample } = settings;
    const containers = hostedEndpoints((await recordProgram(root, config)).resources)[0]?.variants[0]?.containers ?? [];
    const [first] = containers;
    if (sample === undefined || first === undefined) throw new Error(`stack ${stack} has no sample, or hosts nothing`);
    const steps: object[] = [];
    for (const container of containers) {
        const base = join(into, container.hostname);
        await unpackModel(container, join(base, "model"));
        steps.push({ folder: resolve(servedFolder(container).folder), base, environment: container.environment });
    }
    const all = containers.flatMap((container) => servedFolder(container).requirements);
    const requirements = [...new Map(all.map((some) => [some.file, some])).values()];
    const file = join(into, "steps.json");
    const { body, contentType, accept = "application/json" } = sample;
    writeFileSync(file, JSON.stringify({ steps, body: resolve(body), contentType, accept }));
    return {
        python: await pythonEnvironment(python, `bench-${stack}`, requirements, environments, progress),
        pythonPath: resolve(servedFolder(first).context),
        sample: { body, contentType, accept },
        steps: steps.length,
        file,
    };
}

if (process.argv[1] === import.meta.filename) {
    const [, , stack = "", into = ""] = process.argv;
    process.stdout.write(JSON.stringify(await describeSteps(stack, into)));
    process.exit();
}

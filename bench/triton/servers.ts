import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { freePort } from "../../local/launcher/free-port.ts";
import type { Launcher } from "../../local/launcher/launch.ts";
import { pythonVariables } from "../../local/launcher/python-variables.ts";
import { findPython } from "../../local/launcher/python.ts";
import { SupervisedContainer } from "../../local/launcher/supervised-container.ts";
import { tritonLauncher, tritonPython } from "../../local/launcher/triton-launcher.ts";
import { createProgress } from "../../local/progress.ts";
import { environments } from "../../local/project.ts";
import type { Ensemble } from "../../plans/triton/ensemble.ts";
import { tritonProblems } from "../../plans/triton/problems.ts";
import { repositoryFiles } from "../../plans/triton/repository.ts";
import { startApart } from "../apart.ts";
import { linePath } from "../gateway-runner.ts";

const CONTEXT = "containers";
/** Models do not take the cores from each other, and from what measures them. */
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
/** Seconds that a request may wait: many clients of a model that takes seconds wait longer than SageMaker lets them. */
const TIMEOUT = { SAGEMAKER_MODEL_SERVER_TIMEOUT: "600" };

const quiet = () => undefined;
const progress = { ...createProgress(), note: quiet, warn: quiet, log: quiet };
const TRITON = {
    context: CONTEXT,
    requirements: join(CONTEXT, "triton/requirements.txt"),
    cache: environments,
    progress,
};

/** Where requests go. */
export interface Address {
    readonly port: number;
    readonly path: string;
}

/** A handler for the step server. */
export interface Step {
    /** Where the handler lies. */
    readonly folder: string;
    /** Stands for /opt/ml. */
    readonly base: string;
    readonly environment: Readonly<Record<string, string>>;
}

/** The interpreter that Triton's models run in. */
export const modelPython = (): Promise<string> => tritonPython(TRITON);

/** Servers that are measured next to each other, and end together. */
export class Servers {
    private readonly running: { readonly stop: () => Promise<void> }[] = [];

    /** Triton with one ensemble, as the local host starts it but without its verbose log; `model` in the folder has the models' files. */
    async triton(ensemble: Ensemble, baseFolder: string): Promise<Address> {
        const problems = tritonProblems(ensemble);
        if (problems.length > 0) throw new Error(problems.join("\n"));
        for (const [path, content] of Object.entries(repositoryFiles(ensemble))) {
            const file = join(baseFolder, "model", path);
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, content);
        }
        const environment = {
            ...ONE_THREAD,
            SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: ensemble.name,
            SAGEMAKER_TRITON_LOG_VERBOSE: "false",
        };
        return this.start(ensemble.name, await tritonLauncher({ ...TRITON, baseFolder, environment }));
    }

    /** One worker of the step server, in an interpreter that has the handler's packages. */
    step(python: string, { folder, base, environment }: Step): Promise<Address> {
        return this.start(folder, async () => {
            const port = await freePort();
            return {
                port,
                command: [python, "-m", "serving", "serve"],
                environment: {
                    ...pythonVariables(python, base),
                    ...ONE_THREAD,
                    ...TIMEOUT,
                    ...environment,
                    PYTHONPATH: `${resolve(CONTEXT)}:${resolve("bench")}`,
                    SAGEMAKER_BASE_DIR: base,
                    SAGEMAKER_SUBMIT_DIRECTORY: resolve(folder),
                    SAGEMAKER_BIND_TO_PORT: String(port),
                    SERVING_HOST: "127.0.0.1",
                },
            };
        });
    }

    /** The local host's gateway before servers in line, in a process of its own. */
    async gateway(...line: readonly Address[]): Promise<Address> {
        const origins = line.map(({ port }) => `http://127.0.0.1:${port}`);
        const gateway = await startApart(join(import.meta.dirname, "../gateway-runner.ts"), ...origins);
        this.running.push(gateway);
        return { port: Number(new URL(gateway.urls[0] ?? "").port), path: linePath(line.length) };
    }

    async stop(): Promise<void> {
        await Promise.all(this.running.map((server) => server.stop()));
    }

    private async start(hostname: string, launcher: Launcher): Promise<Address> {
        const python = findPython().executable;
        const container = new SupervisedContainer({ hostname, launcher, python, startupTimeoutSeconds: 60, progress });
        this.running.push(container);
        await container.start();
        return { port: Number(new URL(container.origin).port), path: "/invocations" };
    }
}

/** Uses servers, and ends them afterwards, however that goes. */
export async function withServers<Result>(use: (servers: Servers) => Promise<Result>): Promise<Result> {
    const servers = new Servers();
    try {
        return await use(servers);
    } finally {
        await servers.stop();
    }
}

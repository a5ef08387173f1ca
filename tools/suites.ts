import { spawnSync } from "node:child_process";
import { requireDocker } from "../local/launcher/docker-launcher.ts";
import { findTritonPython } from "../local/launcher/triton-launcher.ts";
import { pythonEnvironment, type Requirements } from "../local/launcher/python-environment.ts";
import { findPython, type Python } from "../local/launcher/python.ts";
import type { Progress } from "../local/progress.ts";
import { environments } from "../local/project.ts";
import { PlanError } from "../plans/plan-error.ts";
import type { Lane, Suite } from "./run-suite.ts";

const complete = (file: string): Requirements => ({ file, isComplete: true });
const declared = (file: string): Requirements => ({ file, isComplete: false });

const check = (name: string, ...command: readonly [string, ...string[]]): Suite => ({
    name,
    prepare: () => ({ command }),
});

const mocha = (name: string, ...args: readonly string[]): Suite => ({
    ...check(name, "mocha", ...args),
    runner: "mocha",
});

const environmentsOf =
    (python: Python) =>
    (progress: Progress, name: string, ...requirements: readonly Requirements[]) =>
        pythonEnvironment(python, name, requirements, environments, progress);

/** What calls endpoints in tests, other than JavaScript. */
const clientsPython = (progress: Progress) =>
    environmentsOf(findPython())(progress, "tests-clients", declared("tests/local/requirements.txt"));

/** Everything that needs no Docker, no AWS and no Pulumi CLI, on two processors: most of it keeps one busy. */
function everywhere(): Lane[] {
    const environment = environmentsOf(findPython());
    const digits = declared("containers/digits/requirements.txt");
    const multiModelServer = (progress: Progress) =>
        environment(
            progress,
            "digits-multi-model-server",
            complete("containers/multi_model_server/requirements.txt"),
            digits,
        );
    const containers = (progress: Progress) =>
        environment(
            progress,
            "tests-containers",
            complete("containers/serving/requirements.txt"),
            digits,
            declared("containers/tabular-preprocess/requirements.txt"),
            declared("containers/xgboost/requirements.txt"),
            declared("containers/quality/requirements.txt"),
            declared("containers/recognition/requirements.txt"),
            declared("containers/topics/requirements.txt"),
            declared("containers/houses-predict/requirements.txt"),
            declared("tests/containers/requirements.txt"),
        );
    return [
        [
            check("types", "tsc"),
            check("lint", "eslint", "."),
            check("format", "prettier", "--check", "--log-level", "warn", "."),
            check("unused code", "knip"),
            {
                name: "program and local host",
                runner: "mocha",
                prepare: async (progress) => {
                    await multiModelServer(progress); // for its tests, which have no time for it
                    return {
                        command: [
                            "mocha",
                            "tests/**/*.test.ts",
                            "--ignore",
                            "tests/{docker,engine,scan,triton,local/triton}/**",
                        ],
                        environment: { CLIENTS_PYTHON: await clientsPython(progress) },
                    };
                },
            },
        ],
        [
            {
                name: "containers",
                runner: "pytest",
                prepare: async (progress) => ({
                    environment: { MULTI_MODEL_SERVER_PYTHON: await multiModelServer(progress) },
                    command: [await containers(progress), "-m", "pytest", "-q", "tests/containers"],
                }),
            },
        ],
    ];
}

/** The program in the Pulumi engine that is on PATH. */
function engine(): Lane[] {
    if (spawnSync("pulumi", ["version"]).status !== 0)
        throw new PlanError("test:engine", ["there is no pulumi on PATH"]);
    return [[mocha("Pulumi engine", "--config", "tests/engine/.mocharc.json")]];
}

/** The Triton server of nvidia-pytriton's wheel, which is for Linux and some versions of Python alone. */
function triton(): Lane[] {
    const environment = environmentsOf(findTritonPython());
    const requirements = complete("tests/triton/requirements.txt");
    return [
        [
            {
                name: "Triton",
                runner: "mocha",
                prepare: async (progress) => ({
                    command: ["mocha", "tests/{triton,local/triton}/**/*.test.ts"],
                    environment: {
                        TRITON_PYTHON: await environment(progress, "tests-triton", requirements),
                        CLIENTS_PYTHON: await clientsPython(progress),
                    },
                }),
            },
        ],
    ];
}

/** Every stack as Checkov sees it, whose packages take half a minute to install. */
const scan = (): Lane[] => [[mocha("scan", "tests/scan/**/*.test.ts")]];

/** The containers as images, in the Docker engine that answers. */
async function docker(): Promise<Lane[]> {
    await requireDocker(findPython());
    return [[mocha("Docker", "--config", "tests/docker/.mocharc.json")]];
}

/** Suites by the name that `npm run test:NAME` gives; `npm test` gives none. */
export const SUITES: Readonly<Record<string, () => Lane[] | Promise<Lane[]>>> = {
    everywhere,
    engine,
    triton,
    scan,
    docker,
};

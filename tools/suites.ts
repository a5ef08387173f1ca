import { spawnSync } from "node:child_process";
import { requireDocker } from "../local/launcher/docker-launcher.ts";
import { findTritonPython } from "../local/launcher/triton-launcher.ts";
import { pythonEnvironment, type Requirements } from "../local/launcher/python-environment.ts";
import { findPython, type Python } from "../local/launcher/python.ts";
import { createProgress } from "../local/progress.ts";
import { environments } from "../local/project.ts";
import { PlanError } from "../plans/plan-error.ts";
import type { Suite } from "./run-suite.ts";

const complete = (file: string): Requirements => ({ file, isComplete: true });
const declared = (file: string): Requirements => ({ file, isComplete: false });

const environmentOf = (python: Python, name: string, ...requirements: readonly Requirements[]) =>
    pythonEnvironment(python, name, requirements, environments, createProgress());

const environment = (name: string, ...requirements: readonly Requirements[]) =>
    environmentOf(findPython(), name, ...requirements);

/** Everything that needs no Docker, no AWS and no Pulumi CLI. */
async function everywhere(): Promise<Suite[]> {
    const digits = declared("containers/digits/requirements.txt");
    const clients = await environment("tests-clients", declared("tests/local/requirements.txt"));
    const multiModelServer = await environment(
        "digits-multi-model-server",
        complete("containers/multi_model_server/requirements.txt"),
        digits,
    );
    const containers = await environment(
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
        { name: "types", command: ["tsc"] },
        { name: "lint", command: ["eslint", "."] },
        { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
        { name: "unused code", command: ["knip"] },
        {
            name: "program and local host",
            command: ["mocha", "tests/**/*.test.ts", "--ignore", "tests/{docker,engine,triton,local/triton}/**"],
            runner: "mocha",
            environment: { CLIENTS_PYTHON: clients },
        },
        {
            name: "containers",
            command: [containers, "-m", "pytest", "-q", "tests/containers"],
            runner: "pytest",
            environment: { MULTI_MODEL_SERVER_PYTHON: multiModelServer },
        },
    ];
}

/** The program in the Pulumi engine that is on PATH. */
function engine(): Suite[] {
    if (spawnSync("pulumi", ["version"]).status !== 0)
        throw new PlanError("test:engine", ["there is no pulumi on PATH"]);
    return [{ name: "Pulumi engine", command: ["mocha", "--config", "tests/engine/.mocharc.json"], runner: "mocha" }];
}

/** The Triton server of nvidia-pytriton's wheel, which is for Linux and some versions of Python alone. */
async function triton(): Promise<Suite[]> {
    const python = await environmentOf(findTritonPython(), "tests-triton", complete("tests/triton/requirements.txt"));
    const clients = await environment("tests-clients", declared("tests/local/requirements.txt"));
    return [
        {
            name: "Triton",
            command: ["mocha", "tests/{triton,local/triton}/**/*.test.ts"],
            runner: "mocha",
            environment: { TRITON_PYTHON: python, CLIENTS_PYTHON: clients },
        },
    ];
}

/** The containers as images, in the Docker engine that answers. */
async function docker(): Promise<Suite[]> {
    await requireDocker(findPython());
    return [{ name: "Docker", command: ["mocha", "--config", "tests/docker/.mocharc.json"], runner: "mocha" }];
}

/** Suites by the name that `npm run test:NAME` gives; `npm test` gives none. */
export const SUITES: Readonly<Record<string, () => Suite[] | Promise<Suite[]>>> = {
    everywhere,
    engine,
    triton,
    docker,
};

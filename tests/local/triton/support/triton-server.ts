import { resolve } from "node:path";
import { tritonLauncher } from "../../../../local/launcher/triton-launcher.ts";
import { findPython } from "../../../../local/launcher/python.ts";
import { SupervisedContainer } from "../../../../local/launcher/supervised-container.ts";
import { quietProgress } from "../../../support/endpoint-on-disk.ts";

/** Of the project, whatever folder a test goes to. */
const context = resolve("containers");
const requirements = resolve("containers/triton/requirements.txt");
const cache = resolve(".cache/python");

const JSON_TYPE = "application/json";

/** A tensor of a request or an answer, as KServe's JSON has it. */
export interface JsonTensor {
    readonly name: string;
    readonly datatype: string;
    readonly shape: readonly number[];
    readonly data: readonly unknown[];
}

export interface Answer {
    readonly status: number;
    readonly type: string;
    readonly body: Buffer;
}

/** A Triton of its own in a folder that stands for /opt/ml. */
export class TritonServer {
    readonly said: string[];
    readonly container: SupervisedContainer;

    constructor(baseFolder: string, environment: Readonly<Record<string, string>> = {}) {
        const progress = quietProgress();
        this.said = progress.said;
        this.container = new SupervisedContainer({
            hostname: "triton",
            launcher: async () => (await launcher)(),
            python: findPython().executable,
            startupTimeoutSeconds: 60,
            progress,
        });
        const launcher = tritonLauncher({
            context,
            requirements,
            environment: { SAGEMAKER_TRITON_LOG_VERBOSE: "0", ...environment },
            baseFolder,
            cache,
            progress,
        });
    }

    async send(method: string, path: string, body?: string | Buffer, type = JSON_TYPE): Promise<Answer> {
        const init = body === undefined ? { method } : { method, body, headers: { "Content-Type": type } };
        const response = await fetch(this.container.origin + path, init);
        const bytes = Buffer.from(await response.arrayBuffer());
        return { status: response.status, type: response.headers.get("content-type") ?? "", body: bytes };
    }

    invoke(inputs: readonly JsonTensor[], path = "/invocations"): Promise<Answer> {
        return this.send("POST", path, JSON.stringify({ inputs }));
    }
}

/** The tensors of an answer in JSON, by name. */
export function tensors({ body }: Answer): Record<string, JsonTensor> {
    const { outputs } = JSON.parse(body.toString()) as { outputs: readonly JsonTensor[] };
    return Object.fromEntries(outputs.map((tensor) => [tensor.name, tensor]));
}

/** A model that runs Python code on X, four numbers, and makes Y. */
export const pythonModel = (execute: string, initialize = "pass"): string => `
import os, time
import numpy as np
import triton_python_backend_utils as triton

class TritonPythonModel:
    def initialize(self, arguments):
        ${initialize}

    def execute(self, requests):
        return [triton.InferenceResponse([triton.Tensor("Y", self.run(
            triton.get_input_tensor_by_name(request, "X").as_numpy()))]) for request in requests]

    def run(self, x):
        ${execute}
`;

/** The config.pbtxt of such a model. */
export const pythonConfig = (name: string, more = ""): string => `
name: "${name}"
backend: "python"
max_batch_size: 4
input [ { name: "X" data_type: TYPE_FP32 dims: [ 4 ] } ]
output [ { name: "Y" data_type: TYPE_FP32 dims: [ 4 ] } ]
${more}
`;

/** The config.pbtxt of an ensemble that runs such models one after another. */
export const lineConfig = (name: string, models: readonly string[]): string => `
name: "${name}"
platform: "ensemble"
max_batch_size: 4
input [ { name: "X" data_type: TYPE_FP32 dims: [ 4 ] } ]
output [ { name: "Y" data_type: TYPE_FP32 dims: [ 4 ] } ]
ensemble_scheduling { step [ ${models
    .map((model, place) => {
        const from = place === 0 ? "X" : `after_${place}`;
        const to = place === models.length - 1 ? "Y" : `after_${place + 1}`;
        const maps = `input_map { key: "X" value: "${from}" } output_map { key: "Y" value: "${to}" }`;
        return `{ model_name: "${model}" model_version: -1 ${maps} }`;
    })
    .join(", ")} ] }
`;

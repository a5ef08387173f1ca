import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createGateway, type Gateway, type MetricSummary } from "../../../local/gateway/gateway.ts";
import type { ServedContainer } from "../../../local/gateway/served-endpoint.ts";
import { Host, type HostOptions } from "../../../local/host.ts";
import { findPython } from "../../../local/launcher/python.ts";
import { builtContainer, endpointOf, quietProgress } from "../../support/endpoint-on-disk.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { type Answer, invoke } from "../gateway/support/invoke.ts";

/** Answers the name in its model's folder; takes as much memory and time as the files `mib` and `seconds` say. */
const HANDLER = `
import os, time
from pathlib import Path
from sagemaker_inference.errors import GenericInferenceToolkitError

with open(os.environ["LOADS"] + ".pids", "a") as pids:
    pids.write(f"{os.getpid()}\\n")

def number(folder, name):
    return float((folder / name).read_text()) if (folder / name).exists() else 0

def model_fn(model_dir):
    folder = Path(model_dir)
    with open(os.environ["LOADS"], "a") as loads:
        loads.write((folder / "name").read_text() + "\\n")
    time.sleep(number(folder, "seconds"))
    return (folder / "name").read_text(), bytearray(os.urandom(1) * int(number(folder, "mib") * 1024 * 1024))

def transform_fn(model, body, content_type, accept):
    if body == b"wait": time.sleep(0.3)
    if body == b"crash": os._exit(3)
    if body == b"not mine": raise GenericInferenceToolkitError(404, "row 7 names no such thing")
    return model[0], "text/plain"
`;

export const PREFIX = "s3://bucket/models/predict/";

export interface StageOptions extends Pick<HostOptions, "memory" | "volume"> {
    /** @default "step-server" */
    readonly server?: "step-server" | "multi-model-server";
    /** @default true */
    readonly cache?: boolean;
    readonly volumeGiB?: number;
    readonly environment?: Readonly<Record<string, string>>;
}

/** A multi-model container in the local host behind a gateway, and the folder of models that it serves. */
export class ModelsStage {
    readonly progress = quietProgress();
    readonly folder: ProjectFolder;
    url = "";
    private readonly project = process.cwd();
    private host: Host | undefined;
    private gateway: Gateway | undefined;
    private container: ServedContainer | undefined;

    constructor() {
        this.folder = projectFolder({
            // named as the container whose environment npm test has made for Multi Model Server
            "containers/digits/inference.py": HANDLER,
        });
        for (const name of ["serving", "multi_model_server"])
            symlinkSync(join(this.project, "containers", name), this.at("containers", name));
        symlinkSync(
            join(this.project, "containers/digits/requirements.txt"),
            this.at("containers/digits/requirements.txt"),
        );
    }

    at(...segments: string[]): string {
        return join(this.folder.path, ...segments);
    }

    get models(): string {
        return this.at("models");
    }

    /** Where the host keeps its runs. */
    get runs(): string {
        return this.at(".cache", "run");
    }

    /** Writes a model, whole at once, under the key `path`.tar.gz. */
    write(path: string, files: Readonly<Record<string, string>> = { name: path }): void {
        const temporary = this.at("written", path);
        for (const [file, content] of Object.entries(files)) {
            mkdirSync(temporary, { recursive: true });
            writeFileSync(join(temporary, file), content);
        }
        mkdirSync(dirname(join(this.models, path)), { recursive: true });
        renameSync(temporary, join(this.models, path));
    }

    async start({ server = "step-server", cache = true, volumeGiB, environment, ...budgets }: StageOptions = {}) {
        mkdirSync(this.models, { recursive: true });
        mkdirSync(this.at(".cache"), { recursive: true });
        symlinkSync(resolve(this.project, ".cache", "python"), this.at(".cache", "python"));
        const { progress } = this;
        this.host = new Host({ python: findPython(), cache: this.at(".cache"), progress, ...budgets });
        const built = builtContainer(this.at("containers"), "digits");
        const container = {
            ...built,
            hostname: "predict",
            image: { ...built.image, target: server } as typeof built.image,
            modelData: { kind: "models", folder: this.models, uri: PREFIX } as const,
            multiModel: { cache },
            environment: { LOADS: this.at("loads"), ...environment },
        };
        const endpoint = endpointOf([container]);
        const variants = endpoint.variants.map((variant) => ({ ...variant, volumeGiB }));
        const served = await this.host.start({ ...endpoint, variants });
        this.container = served.variants[0]?.containers[0];
        this.gateway = createGateway({ endpoints: [served], log: progress.note });
        this.url = await this.gateway.listen(0);
    }

    /** Ends what was started, and leaves the folder. */
    async stopServing(): Promise<void> {
        await this.gateway?.close();
        await this.host?.stop();
    }

    async stop(): Promise<void> {
        await this.stopServing();
        this.folder.remove();
    }

    get origin(): string {
        return this.container?.origin ?? "";
    }

    invoke(target: string, body = ""): Promise<Answer> {
        const headers = { "X-Amzn-SageMaker-Target-Model": target, "Content-Type": "text/plain" };
        return invoke(this.url, { endpoint: "test", headers, body });
    }

    /** Process of the step server that runs now. */
    get pid(): number {
        return Number(readFileSync(this.at("loads.pids"), "utf8").trimEnd().split("\n").at(-1));
    }

    /** What each of these targets answers, one after another. */
    async answers(...targets: readonly string[]): Promise<string[]> {
        const answers: string[] = [];
        for (const target of targets) answers.push((await this.invoke(`${target}.tar.gz`)).text);
        return answers;
    }

    /** The metric's row; undefined where nothing was recorded. */
    async metric(name: string): Promise<MetricSummary | undefined> {
        return (await this.gateway?.summary())?.find(({ metric }) => metric === name);
    }

    /** Folders of models on the container's volume. */
    get onVolume(): string[] {
        return readdirSync(join(this.runs, String(process.pid), "test", "main", "predict", "models"));
    }
}

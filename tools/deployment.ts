import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
    type EngineEvent,
    LocalWorkspace,
    type OutputMap,
    type PolicyEvent,
    type Stack,
} from "@pulumi/pulumi/automation/index.js";

/** One resource operation, in the order the engine carried it out or plans to. */
export interface Operation {
    /** Such as `create`, `update`, `create-replacement`, `delete-replaced`, `delete`. */
    readonly op: string;
    /** The type's last part, such as `Endpoint`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** Of a component of this project, not of a provider. */
    readonly isComponent: boolean;
}

/** What the program needs of the project, without what is made from it. */
export const PROGRAM = [
    "index.ts",
    "package.json",
    "Pulumi.yaml",
    "config",
    "patterns",
    "components",
    "plans",
    "artifacts",
    "images",
    "containers",
];

function writeIn(folder: string, file: string, content: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
}

/** A resource in an exported state. */
interface StateResource {
    readonly type: string;
    readonly custom: boolean;
    readonly id?: string;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** `aws:sagemaker/endpoint:Endpoint` → `aws.sagemaker.Endpoint` */
function cloudType(type: string): string {
    const [provider = "", module = "", name = ""] = type.split(":");
    return [provider, module.split("/")[0], name].join(".");
}

/** A copy of the project with a stack, a backend and, with the stand-in providers, a cloud of its own. */
export class Deployment {
    private readonly folder: string;
    private readonly stack: Stack;

    /**
     * @param files stand-ins for what is trained, or for the stack's file: content of a file by path
     * @param environment variables of the engine and the program
     */
    static async create(
        stackName: string,
        files: Readonly<Record<string, string>>,
        environment: Readonly<Record<string, string>> = {},
    ): Promise<Deployment> {
        const folder = mkdtempSync(join(tmpdir(), "serial-inference-engine-"));
        for (const part of PROGRAM) cpSync(part, join(folder, part), { recursive: true });
        const stackFile = `Pulumi.${stackName}.yaml`;
        if (!(stackFile in files)) cpSync(stackFile, join(folder, stackFile));
        symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
        const state = join(folder, ".state");
        const cloud = join(folder, ".cloud");
        for (const made of [state, cloud]) mkdirSync(made);
        const envVars = {
            PULUMI_BACKEND_URL: `file://${state}`,
            FAKE_AWS_DIR: cloud,
            PULUMI_CONFIG_PASSPHRASE: "test",
            ...environment,
        };
        for (const [file, content] of Object.entries(files)) writeIn(folder, file, content);
        const stack = await LocalWorkspace.createOrSelectStack({ stackName, workDir: folder }, { envVars });
        return new Deployment(folder, stack);
    }

    private constructor(folder: string, stack: Stack) {
        this.folder = folder;
        this.stack = stack;
    }

    write(file: string, content: string): void {
        writeIn(this.folder, file, content);
    }

    /** A file of the deployment's folder, for what runs elsewhere. */
    path(file: string): string {
        return join(this.folder, file);
    }

    /** Takes away a file or a folder. */
    delete(path: string): void {
        rmSync(join(this.folder, path), { recursive: true });
    }

    /** Sets a value at a key path, such as `serial-inference:endpoint.instanceCount`, encrypted where it is a secret. */
    async configure(path: string, value: string, secret = false): Promise<void> {
        await this.stack.setConfig(path, { value, secret }, true);
    }

    /** Takes away what is at a key path. */
    async unconfigure(path: string): Promise<void> {
        await this.stack.removeConfig(path, true);
    }

    /** With the stand-in providers: whether SageMaker rolls back every update of an endpoint from now on. */
    rollBack(wanted: boolean): void {
        this.stack.workspace.envVars["FAKE_AWS_ROLLBACK"] = wanted ? "endpoint:Endpoint" : "";
    }

    /** Sets a variable of the engine, the program and the providers from now on. */
    setVariable(name: string, value: string): void {
        this.stack.workspace.envVars[name] = value;
    }

    /** What makes another Pulumi, or a command that asks one, see this stack. */
    get environment(): Readonly<Record<string, string>> {
        return this.stack.workspace.envVars;
    }

    /** What the stand-in cloud keeps of a resource, by the name of its file. */
    inCloud(file: string): Readonly<Record<string, unknown>> {
        return JSON.parse(readFileSync(join(this.folder, ".cloud", file), "utf8")) as Record<string, unknown>;
    }

    /** @throws with what the engine printed where the program refuses */
    async preview(): Promise<Operation[]> {
        return this.recording((onEvent) => this.stack.preview({ onEvent }));
    }

    async up(): Promise<Operation[]> {
        return this.recording((onEvent) => this.stack.up({ onEvent }));
    }

    /**
     * Runs a preview or an update under the policy pack.
     * @param config a file of --policy-pack-config, below the deployment's folder
     * @returns what the pack says, and what the engine printed where it refuses
     */
    async reviewed(run: "preview" | "up", config?: string): Promise<{ said: PolicyEvent[]; refusal?: string }> {
        const said: PolicyEvent[] = [];
        const options = {
            policyPacks: [join(process.cwd(), "policy")],
            ...(config !== undefined && { policyPackConfigs: [this.path(config)] }),
            onEvent: ({ policyEvent }: EngineEvent) => {
                if (policyEvent !== undefined) said.push(policyEvent);
            },
        };
        try {
            await this.stack[run](options);
            return { said };
        } catch (error) {
            return { said, refusal: (error as Error).message };
        }
    }

    /** Runs the Pulumi CLI itself. */
    pulumi(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
        const { status, stdout, stderr } = spawnSync(
            "pulumi",
            [...args, "--stack", this.stack.name, "--non-interactive"],
            {
                cwd: this.folder,
                env: { ...process.env, ...this.environment },
                encoding: "utf8",
            },
        );
        return { status, output: stdout + stderr };
    }

    async destroy(): Promise<Operation[]> {
        return this.recording((onEvent) => this.stack.destroy({ onEvent }));
    }

    outputs(): Promise<OutputMap> {
        return this.stack.outputs();
    }

    /**
     * What is deployed, such as `aws.sagemaker.Endpoint=NAME.json`: with the stand-in providers what is in their cloud, where a resource that
     * the engine forgot would show; with others what the stack's state has.
     */
    cloud(): string[] {
        return this.hasStandIns ? readdirSync(join(this.folder, ".cloud")) : [...this.state().keys()];
    }

    /** What a deployed resource is made of, by `TYPE=NAME`, such as `aws.sagemaker.Endpoint=NAME`. */
    resource(key: string): Readonly<Record<string, unknown>> {
        const file = `${key}.json`;
        if (this.hasStandIns) return this.inCloud(file)["outputs"] as Record<string, unknown>;
        const found = this.state().get(file);
        if (found === undefined) throw new Error(`${key} is not in the state of stack ${this.stack.name}`);
        return found;
    }

    /** The outputs of what providers made, as the stack's state has them, by the names that {@link cloud} gives. */
    state(): Map<string, Readonly<Record<string, unknown>>> {
        const { status, output } = this.pulumi("stack", "export");
        if (status !== 0) throw new Error(output);
        const { deployment } = JSON.parse(output) as { deployment: { resources?: readonly StateResource[] } };
        return new Map(
            (deployment.resources ?? [])
                .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
                .map(({ type, id = "", outputs = {} }) => [`${cloudType(type)}=${id}.json`, outputs]),
        );
    }

    private get hasStandIns(): boolean {
        return this.environment["FAKE_AWS_DIR"] !== undefined && process.env["PULUMI_ENGINE_DIR"] !== undefined;
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }

    private async recording(run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<Operation[]> {
        const operations: Operation[] = [];
        await run(({ resOutputsEvent }) => {
            if (resOutputsEvent === undefined || resOutputsEvent.metadata.op === "same") return;
            const { op, type, urn } = resOutputsEvent.metadata;
            operations.push({
                name: urn.split("::").at(-1) ?? "",
                op,
                type: type.split(":").at(-1) ?? "",
                isComponent: type.startsWith("serial-inference:"),
            });
        });
        return operations;
    }
}

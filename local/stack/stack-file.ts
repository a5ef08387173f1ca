import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { PlanError } from "../../plans/plan-error.ts";

/** A stack's config as the Pulumi engine would hand it to the program, read from its file alone. */
export interface StackConfig {
    readonly project: string;
    readonly stack: string;
    /** File the config came from, relative to the root. */
    readonly file: string;
    /** Full key → text, structured values as JSON. */
    readonly values: Readonly<Record<string, string>>;
    /** Full keys whose values are, or contain, secrets. */
    readonly secrets: readonly string[];
    /** Key paths of all values that are encrypted. */
    readonly encrypted: readonly string[];
    /** Key paths of encrypted values that stand as a placeholder, with the variable that would set each. */
    readonly placeholders: readonly { readonly path: string; readonly variable: string }[];
}

/** What stands in an encrypted value's place where its variable is not set. */
const PLACEHOLDER = "[encrypted]";

type Yaml = null | boolean | number | string | readonly Yaml[] | YamlMapping;
interface YamlMapping {
    readonly [key: string]: Yaml;
}

function mapping(value: Yaml, file: string, what: string): YamlMapping {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as YamlMapping;
    throw new PlanError(file, [`${what} is not a mapping of keys`]);
}

function readYaml(root: string, file: string): YamlMapping {
    const document = parseDocument(readFileSync(join(root, file), "utf8"), { prettyErrors: true });
    if (document.errors.length > 0) {
        throw new PlanError(
            file,
            document.errors.map((error) => error.message.trimEnd().replaceAll("\n", "\n  ")),
        );
    }
    return mapping((document.toJS() as Yaml) ?? {}, file, "it");
}

/** Stacks that have a file, by name. */
export const stackNames = (root: string): string[] =>
    readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

/** `docker:registryPassword` → `DOCKER_REGISTRY_PASSWORD` */
const variableOf = (path: string): string =>
    path
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replace(/[^A-Za-z0-9]+/g, "_")
        .replace(/_$/, "")
        .toUpperCase();

const isEncrypted = (value: Yaml): boolean =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).join() === "secure";

/** Reads one value; encrypted ones come from the environment or become placeholders. */
class Decrypter {
    /** Every encrypted value met so far. */
    readonly encrypted: { path: string; variable: string; isGiven: boolean }[] = [];
    private readonly environment: NodeJS.ProcessEnv;

    constructor(environment: NodeJS.ProcessEnv) {
        this.environment = environment;
    }

    read(path: string, value: Yaml): Yaml {
        if (isEncrypted(value)) {
            const variable = variableOf(path);
            const given = this.environment[variable];
            this.encrypted.push({ path, variable, isGiven: given !== undefined });
            return given ?? PLACEHOLDER;
        }
        if (Array.isArray(value)) return value.map((item: Yaml, index) => this.read(`${path}[${index}]`, item));
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.read(`${path}.${key}`, item)]));
    }
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml`, without the Pulumi CLI.
 * @param environment where encrypted values are looked up, since only the stack's own passphrase or key opens them
 * @throws {PlanError} where a file is missing or is no YAML, with line and column
 */
export function readStackConfig(root: string, stack: string, environment: NodeJS.ProcessEnv): StackConfig {
    const file = `Pulumi.${stack}.yaml`;
    if (!existsSync(join(root, file))) {
        throw new PlanError(`stack "${stack}"`, [`there is no ${file}; stacks here: ${stackNames(root).join(", ")}`]);
    }
    const project = readYaml(root, "Pulumi.yaml")["name"];
    if (typeof project !== "string")
        throw new PlanError("Pulumi.yaml", ["name: missing; accepted: the project's name"]);
    const config = mapping(readYaml(root, file)["config"] ?? {}, file, "config: it");

    const values: Record<string, string> = {};
    const secrets: string[] = [];
    const decrypter = new Decrypter(environment);
    for (const [key, raw] of Object.entries(config)) {
        const before = decrypter.encrypted.length;
        const value = decrypter.read(key, raw);
        values[key] = typeof value === "string" ? value : JSON.stringify(value);
        if (decrypter.encrypted.length > before) secrets.push(key);
    }
    return {
        project,
        stack,
        file,
        values,
        secrets,
        encrypted: decrypter.encrypted.map(({ path }) => path),
        placeholders: decrypter.encrypted.filter(({ isGiven }) => !isGiven),
    };
}

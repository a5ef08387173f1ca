import { NOT_KNOWN, NotKnownYet } from "./not-known.ts";
import type { Violation } from "./result.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * Reads the properties of a resource, or of a block in it, and knows where it is, so that messages can name the property. Reading a value
 * that is not known yet throws NotKnownYet: no rule passes what it has not seen.
 */
export class Fields {
    /** From the resource's properties to here, such as `containers[0]`; empty for the properties themselves. */
    readonly path: string;
    private readonly values: Values;

    constructor(values: Values, path = "") {
        this.values = values;
        this.path = path;
    }

    /** Whether the property is given, known or not. */
    has(key: string): boolean {
        return (this.values[key] ?? undefined) !== undefined;
    }

    text(key: string): string | undefined {
        const value = this.read(key);
        return typeof value === "string" ? value : undefined;
    }

    number(key: string): number | undefined {
        const value = this.read(key);
        return typeof value === "number" ? value : undefined;
    }

    /** @returns undefined where it is not given, so that a rule can tell it from false */
    flag(key: string): boolean | undefined {
        const value = this.read(key);
        return typeof value === "boolean" ? value : undefined;
    }

    /** A block, or a map of names to values. */
    block(key: string): Fields | undefined {
        const value = this.read(key);
        return isValues(value) ? new Fields(value, this.at(key)) : undefined;
    }

    /** The blocks of a list. */
    blocks(key: string): Fields[] {
        return this.items(key).map(
            (item, index) => new Fields(isValues(item) ? item : {}, `${this.at(key)}[${index}]`),
        );
    }

    /** The texts of a list; a single text is a list of one, as in policy documents. */
    texts(key: string): string[] {
        const value = this.read(key);
        if (typeof value === "string") return [value];
        return this.items(key).filter((item) => typeof item === "string");
    }

    /** A text that holds JSON, such as a policy document. @returns undefined where it holds none */
    json(key: string): Fields | undefined {
        const value = this.read(key);
        if (isValues(value)) return new Fields(value, this.at(key));
        if (typeof value !== "string") return undefined;
        try {
            const parsed: unknown = JSON.parse(value);
            return isValues(parsed) ? new Fields(parsed, this.at(key)) : undefined;
        } catch {
            return undefined;
        }
    }

    /** What is given, in order. */
    keys(): string[] {
        return Object.keys(this.values).filter((key) => this.has(key));
    }

    /** Where a property is, such as `containers[0].image`. */
    at(key: string): string {
        return this.path === "" ? key : `${this.path}.${key}`;
    }

    /** A violation that names the property: `problem("image", "is …; accepted: …")`. */
    problem(key: string, text: string): Violation {
        const path = this.at(key);
        return { path, message: `${path} ${text}` };
    }

    private items(key: string): unknown[] {
        const value = this.read(key);
        if (!Array.isArray(value)) return [];
        const unknown = value.indexOf(NOT_KNOWN);
        if (unknown >= 0) throw new NotKnownYet(`${this.at(key)}[${unknown}]`);
        return value;
    }

    private read(key: string): unknown {
        const value = this.values[key];
        if (value === NOT_KNOWN) throw new NotKnownYet(this.at(key));
        return value;
    }
}

const isValues = (value: unknown): value is Values =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** A field of a message: left out where it is undefined or an empty list. */
type Value = string | number | boolean | Message | readonly (string | number)[] | readonly Message[] | undefined;

/** A protobuf message: its fields by name, in the order that they are written in. */
export interface Message {
    readonly [field: string]: Value;
}

/** Fields of `inference.ModelConfig` and its parts whose values are words. */
const ENUMERATIONS: ReadonlySet<string> = new Set(["data_type", "kind"]);

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const octal = (character: string) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;

/** Text as protobuf's text format writes it. */
const quote = (text: string): string =>
    `"${text.replace(/[\\"\u0000-\u001f\u007f]/g, (character) => ESCAPES[character] ?? octal(character))}"`;

const isMessage = (value: unknown): value is Message =>
    typeof value === "object" && value !== null && !Array.isArray(value);

function fieldLines(name: string, value: Exclude<Value, undefined>, indent: string): string[] {
    const scalar = (item: string | number | boolean) =>
        typeof item === "string" && !ENUMERATIONS.has(name) ? quote(item) : String(item);
    const block = (message: Message) => [`${indent}${name} {`, ...messageLines(message, `${indent}  `), `${indent}}`];
    if (isMessage(value)) return block(value);
    if (typeof value !== "object") return [`${indent}${name}: ${scalar(value)}`];
    const items: readonly (string | number | Message)[] = value;
    const messages = items.filter(isMessage);
    if (messages.length > 0) return messages.flatMap(block);
    const scalars = items.flatMap((item) => (isMessage(item) ? [] : scalar(item)));
    return scalars.length === 0 ? [] : [`${indent}${name}: [${scalars.join(", ")}]`];
}

const messageLines = (message: Message, indent: string): string[] =>
    Object.entries(message).flatMap(([name, value]) => (value === undefined ? [] : fieldLines(name, value, indent)));

/** The message in protobuf's text format, a field a line. */
export const prototext = (message: Message): string => `${messageLines(message, "").join("\n")}\n`;

/** A map field: its entries sorted by key, so that their order in a stack file does not matter. */
export const mapField = <Item>(
    map: Readonly<Record<string, Item>>,
    value: (item: Item) => Message[string],
): Message[] =>
    Object.entries(map)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => ({ key, value: value(item) }));

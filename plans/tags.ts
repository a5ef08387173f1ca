/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Tag of every resource of a stack that has tags or a budget: the project's and the stack's name. No colon: cost filters are told it. */
export const STACK_TAG = "serial-inference-stack";

/** Of an AWS resource [D]. */
const TAGS = 50;
/** Tags that the program itself may add to a resource. */
const OWN_TAGS = 2;
const KEY_LENGTH = 128;
const VALUE_LENGTH = 256;
/** What every service takes. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const CHARACTERS = /^[\p{L}\p{N}\p{Zs}_.:/=+\-@]*$/u;
const ACCEPTED = "letters, digits, spaces and _ . : / = + - @";

function problemOf(what: string, text: string, length: number): string[] {
    if (text.length > length) return [`${what} has ${text.length} characters; at most ${length}`];
    return CHARACTERS.test(text) ? [] : [`${what} has other characters than ${ACCEPTED}`];
}

/** Every rule of AWS's that the tags break. */
export function tagProblems(tags: Tags): string[] {
    const keys = Object.keys(tags);
    const problems: string[] = [];
    if (keys.length > TAGS - OWN_TAGS) {
        problems.push(
            `tags: ${keys.length} of them; at most ${TAGS - OWN_TAGS}, since AWS takes ${TAGS} and the program adds up to ${OWN_TAGS}`,
        );
    }
    for (const [key, value] of Object.entries(tags)) {
        const shown = `tags: key "${key.slice(0, 40)}"`;
        if (key === "") problems.push('tags: key "" is empty');
        if (/^aws:/i.test(key)) problems.push(`${shown} begins with aws:, which AWS keeps for itself`);
        if (key.startsWith("serial-inference")) {
            problems.push(`${shown} begins with serial-inference, which the program keeps for itself`);
        }
        problems.push(...problemOf(shown, key, KEY_LENGTH), ...problemOf(`${shown}: its value`, value, VALUE_LENGTH));
    }
    for (const [index, key] of keys.entries()) {
        const first = keys.findIndex((other) => other.toLowerCase() === key.toLowerCase());
        if (first < index) {
            problems.push(
                `tags: keys "${keys[first] ?? ""}" and "${key}" differ by case alone, which IAM does not tell apart`,
            );
        }
    }
    return problems;
}

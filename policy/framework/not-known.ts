/** Stands for a value that a preview cannot know, such as an output of a resource that is not there yet. */
export const NOT_KNOWN = Symbol("not known yet");

/** Thrown where a rule reads such a value: whatever depended on it is checked on `up`. */
export class NotKnownYet extends Error {
    /** The property, such as `containers[0].image`. */
    readonly path: string;

    constructor(path: string) {
        super(`${path} is not known yet`);
        this.path = path;
    }
}

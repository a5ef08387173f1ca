import type { Resource } from "./resource.ts";

/** What is wrong with a resource, or, in a stack rule without `resource`, with the stack. */
export interface Violation {
    /** Names the property, what was found, and what is accepted; without a full stop, since the remediation follows. */
    readonly message: string;
    /** The property, such as `containers[0].image`. */
    readonly path?: string;
    /** Stack rules: the resource to blame. @default - the stack */
    readonly resource?: Resource;
}

/** What a rule could not look at, because a preview does not know it. */
export interface Pending {
    /** The property that is not known. */
    readonly notKnown: string;
    readonly resource?: Resource;
}

export type Result = Violation | Pending;

import * as pulumi from "@pulumi/pulumi";
import { isProtected, isTagged } from "../plans/governed-types.ts";
import type { Tags } from "../plans/tags.ts";

interface Governance {
    /** @default - none */
    readonly tags?: Tags | undefined;
    /** @default false */
    readonly protect?: boolean | undefined;
}

type Own = Readonly<Record<string, pulumi.Input<string>>>;

/** A mapping that is known stays one: in a preview an output as a whole would hide the tags that are known. */
const withTags = (tags: Tags, own: unknown): unknown =>
    pulumi.Output.isInstance(own)
        ? own.apply((known) => ({ ...tags, ...(known as Own | undefined) }))
        : { ...tags, ...(own as Own | undefined) };

/**
 * Tags and protects resources as an environment asks for it, by their types: for a stack as a whole, or in `transformations` of a single
 * component. A tag that a resource has of its own stays.
 */
export const govern =
    ({ tags, protect }: Governance): pulumi.ResourceTransformation =>
    ({ type, props, opts }) => {
        const inputs = props as Readonly<Record<string, unknown>>;
        return {
            props:
                tags !== undefined && isTagged(type, inputs)
                    ? { ...inputs, tags: withTags(tags, inputs["tags"]) }
                    : props,
            opts: (protect ?? false) && isProtected(type) ? { ...opts, protect: true } : opts,
        };
    };

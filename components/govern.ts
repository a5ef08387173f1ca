import * as pulumi from "@pulumi/pulumi";
import { isProtected, tagForm } from "../plans/governed-types.ts";
import type { Tags } from "../plans/tags.ts";

interface Governance {
    /** @default - none */
    readonly tags?: Tags | undefined;
    /** @default false */
    readonly protect?: boolean | undefined;
}

type Own = Readonly<Record<string, pulumi.Input<string>>>;

function withTags(form: "mapping" | "list", tags: Tags, own: unknown): unknown {
    if (form === "list") {
        const added = Object.entries(tags).map(([key, value]) => ({ key, value }));
        return [...added, ...((own ?? []) as readonly unknown[])];
    }
    // a mapping that is known stays one: in a preview an output as a whole would hide the tags that are known
    return pulumi.Output.isInstance(own)
        ? own.apply((known) => ({ ...tags, ...(known as Own | undefined) }))
        : { ...tags, ...(own as Own | undefined) };
}

/**
 * Tags and protects resources as an environment asks for it, by their types: for a stack as a whole, or in `transformations` of a single
 * component. A tag that a resource has of its own stays.
 */
export const govern =
    ({ tags, protect }: Governance): pulumi.ResourceTransformation =>
    ({ type, props, opts }) => {
        const inputs = props as Readonly<Record<string, unknown>>;
        const form = tags === undefined ? undefined : tagForm(type, inputs);
        return {
            props:
                form === undefined || tags === undefined
                    ? props
                    : { ...inputs, tags: withTags(form, tags, inputs["tags"]) },
            opts: (protect ?? false) && isProtected(type) ? { ...opts, protect: true } : opts,
        };
    };

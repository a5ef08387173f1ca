import { z } from "zod";
import { each } from "../../framework/each.ts";
import { matchesAny } from "../../framework/glob.ts";
import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { AWS_IMAGE_ACCOUNTS } from "./aws-image-accounts.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./types.ts";

const BY_DIGEST = /@sha256:[0-9a-f]{64}$/;

/** AWS moves the tags of its own images to mend them, and takes back none. */
const isAws = (image: string): boolean => AWS_IMAGE_ACCOUNTS.has(/^(\d{12})\.dkr\.ecr\./.exec(image)?.[1] ?? "");

export const modelImageByDigest = resourceRule({
    id: "model-image-by-digest",
    title: "The containers of a model name their images by digest, or are AWS's own.",
    why: "A tag can be moved: an instance that starts later, by scaling or after a failure, then runs other code than its neighbours.",
    controls: [{ standard: "ours", id: "what was tested is what runs" }],
    remediation: "Name each image by its digest, as REPOSITORY@sha256:….",
    level: RAISED,
    options: {
        byTag: z
            .array(z.string())
            .default([])
            .describe("Images that may be named by a tag; * stands for any text. AWS's own always may."),
    },
    types: [MODEL],
    check: ({ properties: model }, { options }) =>
        each(containersOf(model), (container) => {
            const image = container.text("image");
            if (image === undefined || BY_DIGEST.test(image) || isAws(image) || matchesAny(options.byTag, image)) {
                return [];
            }
            return [
                container.problem("image", `is "${image}", which is no digest; accepted: …@sha256: and 64 hex digits`),
            ];
        }),
});

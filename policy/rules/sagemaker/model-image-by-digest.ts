import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./types.ts";

export const modelImageByDigest = resourceRule({
    id: "model-image-by-digest",
    title: "The containers of a model name their images by digest.",
    why: "A tag can be moved: an instance that starts later, by scaling or after a failure, then runs other code than its neighbours.",
    controls: [{ standard: "ours", id: "immutable deployments" }],
    remediation: "Name each image by its digest, as REPOSITORY@sha256:….",
    level: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
    types: [MODEL],
    check: ({ properties: model }) =>
        each(containersOf(model), (container) => {
            const image = container.text("image");
            if (image === undefined || /@sha256:[0-9a-f]{64}$/.test(image)) return [];
            return [
                container.problem("image", `is "${image}", which is no digest; accepted: …@sha256: and 64 hex digits`),
            ];
        }),
});

import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf, isMultiModel } from "./containers.ts";
import { MODEL } from "./types.ts";

export const modelMultiModelPrefix = resourceRule({
    id: "model-multi-model-prefix",
    title: "A container of many models finds them below an S3 prefix that ends in a slash.",
    why:
        "TargetModel is appended to the prefix as it is: without the slash every model is looked for beside the folder, and modelDataSource " +
        "is not for many models at all. Both show only when the endpoint is asked.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: "Set modelDataUrl to s3://BUCKET/PREFIX/.",
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) =>
        each(containersOf(model).filter(isMultiModel), (container) => {
            if (container.has("modelDataSource")) {
                return [
                    container.problem("modelDataSource", "is set beside mode MultiModel; accepted: modelDataUrl alone"),
                ];
            }
            const url = container.text("modelDataUrl");
            if (url !== undefined && /^s3:\/\/.+\/$/.test(url)) return [];
            const found = url === undefined ? "is not set" : `is "${url}"`;
            return [container.problem("modelDataUrl", `${found} with mode MultiModel; accepted: s3://BUCKET/PREFIX/`)];
        }),
});

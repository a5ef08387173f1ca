import { parseSettings } from "../../../config/schema.ts";
import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";
import { readStackConfig } from "../../../local/stack/stack-file.ts";
import { deployPattern } from "../../../patterns/index.ts";
import { builtFolder } from "../../../plans/image.ts";
import type { Step } from "../../../plans/step.ts";
import type { PackConfig } from "../../../policy/framework/settings.ts";
import { projectFolder } from "../../support/project-folder.ts";
import { record } from "../../support/record.ts";

/** Allow-lists, so that the rules that have none by default are tried as well; nothing is let pass. */
export const PROD_CONFIG: PackConfig = {
    "model-image-registry": {
        allowed: ["123456789012.dkr.ecr.eu-west-1.amazonaws.com", "683313688378.dkr.ecr.eu-west-1.amazonaws.com"],
    },
    "endpoint-configuration-instance-types": { allowed: ["ml.m5.*", "ml.m5d.*", "ml.t3.*"] },
    "hosting-region": { allowed: ["eu-west-1"] },
    "required-tags": { keys: ["Environment", "Service", "Owner", "DataClass"] },
};

/** What images and artifacts are made of stands in for what is trained, and is not looked at. */
function filesOf({ image, artifact }: Step): Record<string, string> {
    const folder = builtFolder(image);
    return {
        ...(folder !== undefined && { [`${folder}/Dockerfile`]: "FROM scratch" }),
        ...(artifact !== undefined && "path" in artifact && { [`${artifact.path}/model`]: "weights" }),
    };
}

/** The resources of stack prod, each with what the engine makes of it. */
export async function prodResources(): Promise<RecordedResource[]> {
    const { values, file } = readStackConfig(".", "prod", {});
    const settings = parseSettings(values, file);
    const folder = projectFolder(Object.assign({}, ...settings.steps.map(filesOf)) as Record<string, string>);
    try {
        return await record(() => deployPattern(settings));
    } finally {
        folder.remove();
    }
}

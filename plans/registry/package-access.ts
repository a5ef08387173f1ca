import { ecrRepository, isEcrImage } from "../image.ts";
import type { ModelReads } from "../iam/execution-role.ts";
import { parseS3Uri } from "../model-data.ts";
import type { FoundPackage } from "./found-package.ts";

/** What the execution role reads of a version: the images and the artifacts that it names, in whichever account they are. */
export function packageAccess({ containers }: FoundPackage, partition: string): ModelReads {
    const repositories = containers.flatMap(({ image }) => {
        if (image === undefined || !isEcrImage(image)) return [];
        const { registryId, region, repositoryName } = ecrRepository(image);
        return [`arn:${partition}:ecr:${region}:${registryId}:repository/${repositoryName}`];
    });
    const data = containers
        .flatMap((container) => container.data)
        .map(({ uri, isPrefix }) => {
            const { bucket, key } = parseS3Uri(uri);
            return { bucket: `arn:${partition}:s3:::${bucket}`, keys: isPrefix ? `${key}*` : key, isPrefix };
        });
    return {
        repositories: [...new Set(repositories)],
        objects: [...new Set(data.map(({ bucket, keys }) => `${bucket}/${keys}`))],
        prefixes: data.filter(({ isPrefix }) => isPrefix).map(({ bucket, keys }) => ({ bucket, keys })),
    };
}

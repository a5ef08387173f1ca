import { each, eachResource } from "../../framework/each.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { REPOSITORY } from "../ecr/types.ts";
import { AWS_IMAGE_ACCOUNTS } from "../sagemaker/aws-image-accounts.ts";
import { containersOf } from "../sagemaker/containers.ts";
import { MODEL } from "../sagemaker/types.ts";

const ECR = /^(\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

export const imageUnverified = stackRule({
    id: "image-unverified",
    title: "An image is named by its digest, or comes from a repository that scans.",
    why:
        "Of an image by tag, from a repository that scans nothing, nobody can say what runs or what is wrong with it. Each of the two has a " +
        "rule of its own, which a team may switch off; both at once is not for any environment.",
    controls: [{ standard: "ours", id: "images that are neither digest-pinned nor scanned" }],
    remediation: "Name the image by its digest, or push it to a repository of the stack with scanOnPush.",
    level: "mandatory",
    check: (stack) =>
        eachResource(stack.ofType(MODEL), ({ properties: model }) =>
            each(containersOf(model), (container) => {
                const image = container.text("image");
                if (image === undefined || /@sha256:[0-9a-f]{64}$/.test(image)) return [];
                const [, account = "", name] = ECR.exec(image) ?? [];
                if (AWS_IMAGE_ACCOUNTS.has(account)) return [];
                const scanning = matching(
                    stack.ofType(REPOSITORY),
                    ({ properties: repository }) =>
                        repository.text("name") === name &&
                        repository.block("imageScanningConfiguration")?.flag("scanOnPush") === true,
                );
                if (scanning.length > 0) return [];
                return [
                    container.problem(
                        "image",
                        `is "${image}", neither by digest nor from a repository of the stack that scans; accepted: one of the two`,
                    ),
                ];
            }),
        ),
});

import { z } from "zod";
import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./types.ts";

const IS_ECR = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

export const modelPrivateRegistry = resourceRule({
    id: "model-private-registry",
    title: "An image from outside of ECR is pulled through the model's VPC.",
    why:
        "SageMaker reaches a private registry through the VPC alone. Security Hub asks for that of every image; but ECR is private as it is, " +
        "is reached without the VPC, and access by way of the VPC would rule it out: so the rule leaves ECR alone, unless everyImage is set.",
    controls: [
        { standard: "Security Hub", id: "SageMaker.16" },
        { standard: "Security Hub", id: "SageMaker.19" },
    ],
    remediation: 'Set imageConfig.repositoryAccessMode to "Vpc", and vpcConfig, or copy the image to ECR.',
    level: "advisory",
    options: {
        everyImage: z.boolean().default(false).describe("Whether images in ECR are to be pulled through the VPC too."),
    },
    types: [MODEL],
    check: ({ properties: model }, { options }) =>
        each(containersOf(model), (container) => {
            if (container.block("imageConfig")?.text("repositoryAccessMode") === "Vpc") return [];
            const image = container.text("image");
            if (image === undefined || (IS_ECR.test(image) && !options.everyImage)) return [];
            const where = container.at("image");
            return [
                container.problem(
                    "imageConfig",
                    `does not say repositoryAccessMode "Vpc", and ${where} is "${image}"; accepted: "Vpc"${options.everyImage ? "" : ", or an image in ECR"}`,
                ),
            ];
        }),
});

import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { MODEL } from "./types.ts";

const NEEDED = ["subnets", "securityGroupIds"] as const;

export const modelInVpc = resourceRule({
    id: "model-in-vpc",
    title: "A model reaches its data through a VPC.",
    why: "Flow logs, endpoint policies and security groups then hold for what the containers and SageMaker do on their behalf.",
    controls: [
        { standard: "AWS Config", id: "sagemaker-model-in-vpc" },
        { standard: "Prowler", id: "sagemaker_models_vpc_settings_configured" },
    ],
    remediation: "Set vpcConfig to private subnets, in two zones at least, and a security group.",
    level: IN_PROD,
    types: [MODEL],
    check: ({ properties: model }) => {
        if (!model.has("vpcConfig")) {
            return [model.problem("vpcConfig", "is not set; accepted: subnets and securityGroupIds")];
        }
        const vpc = model.block("vpcConfig");
        return NEEDED.flatMap((key) =>
            vpc === undefined || vpc.texts(key).length > 0
                ? []
                : [vpc.problem(key, "is empty; accepted: one ID at least")],
        );
    },
});

import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { REPOSITORY } from "./types.ts";

export const ecrKms = resourceRule({
    id: "ecr-kms",
    title: "Images are encrypted with a KMS key.",
    why: "With KMS each use of an image's layers is recorded, and access to them can be taken away; it cannot be changed afterwards.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_136" },
        { standard: "Security Hub", id: "ECR.5" },
    ],
    remediation:
        "Set encryptionConfigurations to one with encryptionType KMS, with a kmsKey where it is to be one's own.",
    level: IN_PROD,
    types: [REPOSITORY],
    check: ({ properties: repository }) => {
        const types = repository.blocks("encryptionConfigurations").map((one) => one.text("encryptionType"));
        if (types.some((type) => type === "KMS" || type === "KMS_DSSE")) return [];
        const found = types.find((type) => type !== undefined) ?? "not set";
        return [
            repository.problem("encryptionConfigurations[0].encryptionType", `is ${found}; accepted: KMS, KMS_DSSE`),
        ];
    },
});

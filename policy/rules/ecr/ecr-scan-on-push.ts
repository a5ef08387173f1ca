import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { REPOSITORY } from "./types.ts";

export const ecrScanOnPush = resourceRule({
    id: "ecr-scan-on-push",
    title: "Images are scanned for known vulnerabilities when they are pushed.",
    why: "A container answers whoever may call the endpoint; what is known to be broken in it is told by nobody else before it serves.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_163" },
        { standard: "Security Hub", id: "ECR.1" },
        { standard: "AWS Config", id: "ecr-private-image-scanning-enabled" },
    ],
    remediation:
        "Set imageScanningConfiguration.scanOnPush to true; a registry that scans by itself is a reason for an exemption.",
    level: RAISED,
    types: [REPOSITORY],
    check: ({ properties: repository }) => {
        const scanning = repository.block("imageScanningConfiguration");
        if (scanning?.flag("scanOnPush") === true) return [];
        const found = scanning?.has("scanOnPush") === true ? "is false" : "is not set";
        return [repository.problem("imageScanningConfiguration.scanOnPush", `${found}; accepted: true`)];
    },
});

import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { MODEL } from "./types.ts";

export const modelNetworkIsolation = resourceRule({
    id: "model-network-isolation",
    title: "The containers of a model cannot reach the network.",
    why: "A container that can call out can send away the requests it is given; SageMaker fetches images and model data without it.",
    controls: [
        { standard: "Security Hub", id: "SageMaker.5" },
        { standard: "AWS Config", id: "sagemaker-model-isolation-enabled" },
        { standard: "Checkov", id: "CKV_AWS_370" },
        { standard: "Prowler", id: "sagemaker_models_network_isolation_enabled" },
    ],
    remediation: "Set enableNetworkIsolation to true; a container that needs the network is a reason for an exemption.",
    level: IN_PROD,
    types: [MODEL],
    check: ({ properties: model }) => {
        if (model.flag("enableNetworkIsolation") === true) return [];
        const found = model.has("enableNetworkIsolation") ? "is false" : "is not set";
        return [model.problem("enableNetworkIsolation", `${found}; accepted: true`)];
    },
});

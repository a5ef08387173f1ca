import { PolicyPack } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { environmentOf } from "./framework/environment.ts";
import { policiesOf } from "./framework/policies.ts";
import { today } from "./framework/today.ts";
import { rules } from "./rules/index.ts";

const environment = environmentOf(
    [
        ["POLICY_ENVIRONMENT", process.env["POLICY_ENVIRONMENT"]],
        ["policy:environment", new pulumi.Config("policy").get("environment")],
    ],
    pulumi.getStack(),
);

new PolicyPack("sagemaker-hosting", {
    displayName: `SageMaker hosting, reviewed for ${environment}`,
    provider: "AWS",
    policies: policiesOf({ rules, environment, today: today(), region: new pulumi.Config("aws").get("region") }),
});

import { PolicyPack } from "@pulumi/policy";
import { ENVIRONMENT_VARIABLE, environmentIn } from "./framework/environment.ts";
import { policiesOf } from "./framework/policies.ts";
import { today } from "./framework/today.ts";
import { rules } from "./rules/index.ts";

const environment = environmentIn(ENVIRONMENT_VARIABLE, process.env[ENVIRONMENT_VARIABLE]);

new PolicyPack("sagemaker-hosting", {
    displayName: `SageMaker hosting, reviewed for ${environment ?? "dev"}`,
    provider: "AWS",
    policies: policiesOf({ rules, environment, today: today() }),
});

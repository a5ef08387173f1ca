import { resourceRule } from "../../framework/rule.ts";
import { publicProblems } from "../iam/public-access.ts";

export const ecrNotPublic = resourceRule({
    id: "ecr-not-public",
    title: "Images are for named principals.",
    why: "An image holds the code that makes a model useful, at times the model too; and whoever may push decides what runs.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_32" }],
    remediation: "Name who pulls, or the organisation by a condition.",
    level: "mandatory",
    types: ["aws:ecr/repositoryPolicy:RepositoryPolicy", "aws:ecr/registryPolicy:RegistryPolicy"],
    check: publicProblems,
});

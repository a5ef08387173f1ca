import { z } from "zod";
import { matchesAny } from "../../framework/glob.ts";
import type { Violation } from "../../framework/result.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ROLE, ROLE_POLICY_ATTACHMENT } from "./types.ts";

/** Policies of AWS's own that give all of a service, or of the account. */
const FULL = /^arn:aws[a-z-]*:iam::aws:policy\/(?:.+\/)?(.*FullAccess.*|AdministratorAccess.*|PowerUserAccess)$/;

export const iamNoFullAccess = resourceRule({
    id: "iam-no-full-access",
    title: "Nobody has one of AWS's policies that give full access.",
    why:
        "AmazonSageMakerFullAccess, which most examples attach, lets a container read every bucket with sagemaker in its name, pass roles and " +
        "delete endpoints: whoever gets into one model has them all.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_274" },
        { standard: "Checkov", id: "CKV2_AWS_56" },
        { standard: "Prowler", id: "iam_role_administratoraccess_policy" },
        { standard: "ours", id: "least privilege for the execution role" },
    ],
    remediation: "Write a policy that names the actions and resources that are used.",
    level: "mandatory",
    options: {
        allowed: z
            .array(z.string())
            .default([])
            .describe("ARNs of policies that may be attached all the same; * stands for any text."),
    },
    types: [
        ROLE,
        ROLE_POLICY_ATTACHMENT,
        "aws:iam/policyAttachment:PolicyAttachment",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    ],
    check: ({ properties }, { options: { allowed } }) =>
        ["managedPolicyArns", "policyArn", "policyArns"].flatMap((key) =>
            properties.texts(key).flatMap((arn): Violation[] => {
                const [, name] = FULL.exec(arn) ?? [];
                if (name === undefined || matchesAny(allowed, arn)) return [];
                return [properties.problem(key, `attaches ${name}; accepted: policies of one's own`)];
            }),
        ),
});

import { z } from "zod";
import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { allowing, trustPlaces } from "./documents.ts";
import { unlimitedServices } from "./service-limits.ts";
import { ROLE } from "./types.ts";

export const iamTrustLimited = resourceRule({
    id: "iam-trust-limited",
    title: "A service takes a role for this account alone.",
    why:
        "A service acts for all its customers. Without a condition on the account or the resource in whose name it comes, somebody else can " +
        "have it take this role: the confused deputy.",
    controls: [{ standard: "ours", id: "confused deputy prevention" }],
    remediation: "Add a condition StringEquals on aws:SourceAccount, or ArnLike on aws:SourceArn.",
    level: RAISED,
    options: {
        except: z
            .array(z.string())
            .default([])
            .describe("Services that do not say for whom they come, such as ec2.amazonaws.com."),
    },
    types: [ROLE],
    check: (role, { options: { except } }) => unlimitedServices(trustPlaces(role).flatMap(allowing), except),
});

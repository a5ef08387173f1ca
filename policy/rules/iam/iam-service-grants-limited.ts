import { z } from "zod";
import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { allowing, resourcePlaces } from "./documents.ts";
import { unlimitedServices } from "./service-limits.ts";
import { RESOURCE_POLICIES } from "./types.ts";

const [first = "", ...others] = Object.keys(RESOURCE_POLICIES);

export const iamServiceGrantsLimited = resourceRule({
    id: "iam-service-grants-limited",
    title: "A service uses a bucket, repository, key, topic or queue for this account alone.",
    why: "A service acts for all its customers: without a condition somebody else can have it read from here, or write to here.",
    controls: [{ standard: "ours", id: "confused deputy prevention" }],
    remediation: "Add a condition StringEquals on aws:SourceAccount, or ArnLike on aws:SourceArn.",
    level: RAISED,
    options: {
        except: z.array(z.string()).default([]).describe("Services that do not say for whom they come."),
    },
    types: [first, ...others],
    check: (resource, { options: { except } }) => unlimitedServices(resourcePlaces(resource).flatMap(allowing), except),
});

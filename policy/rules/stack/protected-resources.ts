import { z } from "zod";
import { eachResource } from "../../framework/each.ts";
import { ONLY_IN_PROD } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { KEY } from "../kms/types.ts";
import { BUCKETS } from "../s3/types.ts";
import { ENDPOINT } from "../sagemaker/types.ts";

const LASTING = [ENDPOINT, ...BUCKETS, KEY, "aws:sagemaker/modelPackageGroup:ModelPackageGroup"];

export const protectedResources = stackRule({
    id: "protected-resources",
    title: "What callers hold on to, and what cannot be made again, is protected from deletion.",
    why: "A renamed resource is a deleted one: with protect the engine stops where otherwise the endpoint, the data or the key would go.",
    controls: [{ standard: "ours", id: "deletion protection in prod" }],
    remediation: "Set the resource option protect to true.",
    level: ONLY_IN_PROD,
    options: {
        types: z.array(z.string()).default(LASTING).describe("Types of the resources, such as aws:s3/bucket:Bucket."),
    },
    check: (stack, { options: { types } }) =>
        eachResource(stack.ofType(...types), ({ isProtected }) => {
            if (isProtected === undefined) return [{ notKnown: "protect" }];
            return isProtected ? [] : [{ path: "protect", message: "protect is false; accepted: true" }];
        }),
});

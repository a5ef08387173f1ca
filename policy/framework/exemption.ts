import { z } from "zod";
import { matchesAny } from "./glob.ts";
import type { Resource } from "./resource.ts";

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Lets a resource break a rule, for a reason and for a time. */
export const exemption = z.strictObject({
    resource: z
        .string()
        .min(1)
        .describe("A URN, or TYPE::NAME, in which * stands for any text: `aws:sagemaker/model:Model::api*`."),
    reason: z.string().regex(/\S/).describe("Why, for whoever reviews it."),
    expires: z.string().regex(DATE).describe("The last day on which it holds, such as 2027-03-31."),
});
export type Exemption = z.output<typeof exemption>;

/** Whether an exemption is for a resource. */
export const isFor = ({ resource }: Exemption, { urn, type, name }: Resource): boolean =>
    matchesAny([resource], urn) || matchesAny([resource], `${type}::${name}`);

/** Whether it held until yesterday at most. */
export const isExpired = ({ expires }: Exemption, today: string): boolean => expires < today;

import { inLarge } from "./instance-size.ts";

/** Sizes that have another number of vCPUs than their name says. */
const EXCEPTIONS: Readonly<Record<string, number>> = { "t2.medium": 2, "t3.medium": 2, "c4.8xlarge": 36 };

/**
 * vCPUs of an instance type such as `ml.m5.xlarge`, by EC2's naming: one for `medium`, two for `large`, four for each `xlarge`.
 * @returns undefined for a size of another kind, such as `metal`
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function coreCount(instanceType: string): number | undefined {
    const [, family = "", size = ""] = instanceType.split(".");
    const multiple = inLarge(size);
    return multiple === undefined ? undefined : (EXCEPTIONS[`${family}.${size}`] ?? 2 * multiple);
}

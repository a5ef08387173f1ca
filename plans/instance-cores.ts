/** Sizes that have another number of vCPUs than their name says. */
const EXCEPTIONS: Readonly<Record<string, number>> = { "t2.medium": 2, "t3.medium": 2, "c4.8xlarge": 36 };

/**
 * vCPUs of an instance type such as `ml.m5.xlarge`, by EC2's naming: one for `medium`, two for `large`, four for each `xlarge`.
 * @returns undefined for a size of another kind, such as `metal`
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function coreCount(instanceType: string): number | undefined {
    const [, family = "", size = ""] = instanceType.split(".");
    if (size === "medium") return EXCEPTIONS[`${family}.${size}`] ?? 1;
    if (size === "large") return 2;
    const [, count] = /^(\d*)xlarge$/.exec(size) ?? [];
    if (count === undefined) return undefined;
    return EXCEPTIONS[`${family}.${size}`] ?? 4 * Number(count === "" ? 1 : count);
}

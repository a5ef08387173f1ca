import { inLarge } from "./instance-size.ts";

/**
 * GiB of memory of the size `large`, by family of instances for hosting without an accelerator. The sizes of a family are multiples of it.
 * Families: ProductionVariantInstanceType of the SageMaker API (botocore 1.43); memory: what EC2's DescribeInstanceTypes says of the type
 * without `ml.`, as kept in moto 5.2.5 (instance_types.json). A family that is not here is not known, and nothing is said of it.
 */
const FAMILIES: readonly { readonly largeGiB: number; readonly families: readonly string[] }[] = [
    { largeGiB: 3.75, families: ["c4"] },
    { largeGiB: 4, families: ["c5", "c5d", "c6g", "c6gd", "c6gn", "c6i", "c6in", "c7g", "c7i", "c8g"] },
    { largeGiB: 8, families: ["t2", "m4", "m5", "m5d", "m6g", "m6gd", "m6i", "m7i", "m8g"] },
    { largeGiB: 16, families: ["r5", "r5d", "r6g", "r6gd", "r6i", "r7gd", "r7i", "r8g"] },
];

/** GiB of memory of an instance type such as `ml.m5.large`; undefined where it is not known. */
export function instanceMemoryGiB(instanceType: string): number | undefined {
    const [, family = "", size = ""] = instanceType.split(".");
    const large = FAMILIES.find(({ families }) => families.includes(family))?.largeGiB;
    const multiple = inLarge(size);
    return large === undefined || multiple === undefined ? undefined : large * multiple;
}

/** Whether an instance type has GPUs, or AWS's own accelerators: families p, g, gr, inf, trn and dl. */
export const isAccelerated = (instanceType: string): boolean => /^ml\.(p|g|gr|inf|trn|dl)\d/.test(instanceType);

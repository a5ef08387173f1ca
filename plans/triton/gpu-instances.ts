/**
 * NVIDIA GPUs of the instance types that SageMaker hosts on. The names are those of ProductionVariantInstanceType in botocore's model of
 * SageMaker, the counts those of https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html.
 */
const GPUS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    p2: { xlarge: 1, "8xlarge": 8, "16xlarge": 16 },
    p3: { "2xlarge": 1, "8xlarge": 4, "16xlarge": 8 },
    p4d: { "24xlarge": 8 },
    p4de: { "24xlarge": 8 },
    p5: { "4xlarge": 1, "48xlarge": 8 },
    p5e: { "48xlarge": 8 },
    p5en: { "48xlarge": 8 },
    "p6-b200": { "48xlarge": 8 },
    "p6-b300": { "48xlarge": 8 },
    "p6e-gb200": { "36xlarge": 4 },
    g4dn: { xlarge: 1, "2xlarge": 1, "4xlarge": 1, "8xlarge": 1, "12xlarge": 4, "16xlarge": 1 },
    g5: {
        xlarge: 1,
        "2xlarge": 1,
        "4xlarge": 1,
        "8xlarge": 1,
        "12xlarge": 4,
        "16xlarge": 1,
        "24xlarge": 4,
        "48xlarge": 8,
    },
    g6: {
        xlarge: 1,
        "2xlarge": 1,
        "4xlarge": 1,
        "8xlarge": 1,
        "12xlarge": 4,
        "16xlarge": 1,
        "24xlarge": 4,
        "48xlarge": 8,
    },
    g6e: {
        xlarge: 1,
        "2xlarge": 1,
        "4xlarge": 1,
        "8xlarge": 1,
        "12xlarge": 4,
        "16xlarge": 1,
        "24xlarge": 4,
        "48xlarge": 8,
    },
};

/** Families that are not in the table, and have NVIDIA GPUs by AWS's naming all the same. */
const GPU_FAMILY = /^(g|p)\d/;

/**
 * NVIDIA GPUs of an instance type, such as `ml.g5.xlarge`; 0 where it has none.
 * @returns undefined where it has GPUs and their number is not known here
 */
export function gpuCount(instanceType: string): number | undefined {
    const [, family = "", size = ""] = instanceType.split(".");
    return GPUS[family]?.[size] ?? (GPU_FAMILY.test(family) ? undefined : 0);
}

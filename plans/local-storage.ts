/**
 * Families of instances for hosting that have disks of their own, which the instance itself encrypts: a KMS key has no effect on them, and
 * SageMaker has refused one. Families: ProductionVariantInstanceType of the SageMaker API; disks: what EC2's DescribeInstanceTypes says of
 * the type without `ml.`, as kept in moto 5.2.5; dl1 and p6e-gb200: by AWS's pages of these instances.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
 */
const FAMILIES = new Set(
    "m5d c5d r5d m6gd c6gd r6gd r7gd g4dn g5 g6 g6e g7 g7e p4d p4de p5 p5e p5en p6-b200 p6-b300 p6e-gb200 trn1 trn1n trn2 dl1".split(
        " ",
    ),
);

/** Whether an instance type such as `ml.g5.xlarge` has disks of its own. */
export const hasLocalStorage = (instanceType: string): boolean => FAMILIES.has(instanceType.split(".")[1] ?? "");

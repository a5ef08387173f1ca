/**
 * Families of instances with NVMe storage of their own, which the hardware encrypts: SageMaker refuses a key for them.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
 */
const FAMILY = /^ml\.(g4dn|g5|g6|g6e|gr6|p3dn|p4d|p4de|p5|p5e|p5en|p6\S*|trn1|trn1n|trn2|[a-z]+\d+[a-z]*d[a-z]*)\./;

/** Whether an instance type has it, such as `ml.g5.xlarge`. */
export const hasOwnStorage = (instanceType: string): boolean => FAMILY.test(instanceType);

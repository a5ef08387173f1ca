/** The log group that SageMaker writes an endpoint's containers' output to. */
export const endpointLogGroup = (endpoint: string): string => `/aws/sagemaker/Endpoints/${endpoint}`;

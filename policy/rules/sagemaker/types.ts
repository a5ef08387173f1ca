/** The resources of SageMaker hosting, and of its scaling, that the rules look at. */
export const MODEL = "aws:sagemaker/model:Model";
export const ENDPOINT_CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
export const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
export const SCALABLE_TARGET = "aws:appautoscaling/target:Target";

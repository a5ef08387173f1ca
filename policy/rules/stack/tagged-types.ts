/** Types that take tags, of those that hosting is made of. */
export const TAGGED = [
    "aws:sagemaker/model:Model",
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    "aws:sagemaker/endpoint:Endpoint",
    "aws:s3/bucket:Bucket",
    "aws:ecr/repository:Repository",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
    "aws:sfn/stateMachine:StateMachine",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:cloudwatch/eventRule:EventRule",
] as const;

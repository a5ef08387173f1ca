/** How Terraform's AWS provider, which the one of Pulumi is made from, calls a type and its properties. */
export interface TerraformType {
    readonly type: string;
    /**
     * Properties that are not called as in Pulumi, in snake case, at any depth. A list of blocks is always here, since Pulumi has its
     * name in the plural and Terraform often has not.
     */
    readonly names?: Readonly<Record<string, string>>;
    /** Of a component, the properties that the resource which it makes has too. @default - all */
    readonly properties?: readonly string[];
}

const s3Rules = { names: { rules: "rule", transitions: "transition" } };

/** Types that scanners know by Pulumi's name. */
export const TERRAFORM_TYPES: Readonly<Record<string, TerraformType>> = {
    "aws:appautoscaling/policy:Policy": {
        type: "aws_appautoscaling_policy",
        names: { stepAdjustments: "step_adjustment", dimensions: "dimensions", metrics: "metrics" },
    },
    "aws:appautoscaling/scheduledAction:ScheduledAction": { type: "aws_appautoscaling_scheduled_action" },
    "aws:appautoscaling/target:Target": { type: "aws_appautoscaling_target" },
    "aws:budgets/budget:Budget": {
        type: "aws_budgets_budget",
        names: { costFilters: "cost_filter", notifications: "notification" },
    },
    "aws:cloudcontrol/resource:Resource": { type: "aws_cloudcontrolapi_resource" },
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": { type: "aws_cloudwatch_composite_alarm" },
    "aws:cloudwatch/dashboard:Dashboard": { type: "aws_cloudwatch_dashboard" },
    "aws:cloudwatch/eventRule:EventRule": { type: "aws_cloudwatch_event_rule" },
    "aws:cloudwatch/eventTarget:EventTarget": { type: "aws_cloudwatch_event_target" },
    "aws:cloudwatch/logGroup:LogGroup": { type: "aws_cloudwatch_log_group" },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        type: "aws_cloudwatch_metric_alarm",
        names: { name: "alarm_name", metricQueries: "metric_query" },
    },
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { type: "aws_default_security_group" },
    "aws:ec2/flowLog:FlowLog": { type: "aws_flow_log" },
    "aws:ec2/securityGroup:SecurityGroup": { type: "aws_security_group" },
    "aws:ec2/vpcEndpoint:VpcEndpoint": { type: "aws_vpc_endpoint" },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": { type: "aws_ecr_lifecycle_policy" },
    "aws:ecr/repository:Repository": {
        type: "aws_ecr_repository",
        names: { encryptionConfigurations: "encryption_configuration" },
    },
    "aws:ecr/repositoryPolicy:RepositoryPolicy": { type: "aws_ecr_repository_policy" },
    "aws:iam/role:Role": { type: "aws_iam_role" },
    "aws:iam/rolePolicy:RolePolicy": { type: "aws_iam_role_policy" },
    "aws:kms/alias:Alias": { type: "aws_kms_alias" },
    "aws:kms/key:Key": { type: "aws_kms_key" },
    "aws:kms/keyPolicy:KeyPolicy": { type: "aws_kms_key_policy" },
    "aws:s3/bucket:Bucket": { type: "aws_s3_bucket" },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        type: "aws_s3_bucket_lifecycle_configuration",
        ...s3Rules,
    },
    "aws:s3/bucketNotification:BucketNotification": { type: "aws_s3_bucket_notification" },
    "aws:s3/bucketObjectv2:BucketObjectv2": { type: "aws_s3_object" },
    "aws:s3/bucketLogging:BucketLogging": { type: "aws_s3_bucket_logging" },
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": { type: "aws_s3_bucket_ownership_controls" },
    "aws:s3/bucketPolicy:BucketPolicy": { type: "aws_s3_bucket_policy" },
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { type: "aws_s3_bucket_public_access_block" },
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
        type: "aws_s3_bucket_server_side_encryption_configuration",
        ...s3Rules,
    },
    "aws:s3/bucketVersioning:BucketVersioning": { type: "aws_s3_bucket_versioning" },
    "aws:sagemaker/endpoint:Endpoint": { type: "aws_sagemaker_endpoint", names: { alarms: "alarms" } },
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": {
        type: "aws_sagemaker_endpoint_configuration",
        names: {
            captureOptions: "capture_options",
            productionVariants: "production_variants",
            shadowProductionVariants: "shadow_production_variants",
        },
    },
    "aws:sagemaker/model:Model": {
        type: "aws_sagemaker_model",
        names: { containers: "container", additionalModelDataSources: "additional_model_data_source" },
    },
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup": { type: "aws_sagemaker_model_package_group" },
    "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": {
        type: "aws_sagemaker_model_package_group_policy",
    },
    "aws:sfn/stateMachine:StateMachine": { type: "aws_sfn_state_machine" },
    "aws:sns/topic:Topic": { type: "aws_sns_topic" },
    "aws:sns/topicPolicy:TopicPolicy": { type: "aws_sns_topic_policy" },
    "aws:sns/topicSubscription:TopicSubscription": {
        type: "aws_sns_topic_subscription",
        names: { topic: "topic_arn" },
    },
    "aws:sqs/queue:Queue": { type: "aws_sqs_queue" },
    "aws:sqs/queuePolicy:QueuePolicy": { type: "aws_sqs_queue_policy" },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { type: "aws_vpc_security_group_egress_rule" },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { type: "aws_vpc_security_group_ingress_rule" },
    // its subnets and route tables are made by a plugin, and not recorded
    "awsx:ec2:Vpc": {
        type: "aws_vpc",
        properties: ["cidrBlock", "enableDnsHostnames", "enableDnsSupport", "tags"],
    },
};

/** What Terraform's AWS provider has nothing for; * stands for any text. */
export const NOT_OF_AWS: readonly string[] = [
    "pulumi:*", // the stack, and providers
    "serial-inference:*", // components: what they are made of is scanned
    "docker:*", // images, which are built and pushed
    "docker-build:*",
];

import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";
import { TAGGED } from "../../../policy/rules/stack/tagged-types.ts";

/** What a rule owns: deletions, flips and numbers out of range at these places of resources of a type. */
interface Owned {
    readonly type: string;
    /** Of what is deleted, or brought out of range by the kind after a space; `REMOVED` for the whole resource. */
    readonly at: RegExp;
    /** Logical names of the resources. @default - all of the type */
    readonly named?: RegExp;
    /** More than one where several things hang on the property, with the reason beside. */
    readonly rules: readonly string[];
}

const one = (type: string, at: RegExp, rule: string, named?: RegExp): Owned => ({
    type,
    at,
    rules: [rule],
    ...(named && { named }),
});

const BUCKET = (kind: string) => `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
const MODEL = "aws:sagemaker/model:Model";
const TARGET = "aws:appautoscaling/target:Target";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const REPOSITORY = "aws:ecr/repository:Repository";
const REPOSITORY_POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";

/** The first that matches owns a mutation; what none matches is nobody's, and no rule may speak of it. */
const OWNED: readonly Owned[] = [
    // IAM
    one(ROLE, /^assumeRolePolicy(\.Statement(\[\d+\](\.(Effect|Action|Principal))?)?)? delete$/, "iam-policy-document"),
    one(ROLE, /^assumeRolePolicy\.Statement\[0\]\.Principal\.Service delete$/, "iam-sagemaker-role-trust", /^project$/),
    one(ROLE, /^assumeRolePolicy\.Statement\[0\]\.Condition/, "iam-trust-limited"),
    one(ROLE_POLICY, /^policy\.Statement\[0\] delete$/, "iam-policy-document", /^project-flow$/), // the only one
    one(ROLE_POLICY, /^policy(\.Statement(\[\d+\]\.(Effect|Action|Resource))?)? delete$/, "iam-policy-document"),
    one(
        ROLE_POLICY,
        /^policy\.Statement\[1\]\.Condition(\.StringEquals(\.cloudwatch:namespace)?)? delete$/,
        "iam-no-wildcard-resources",
        /^project$/,
    ),
    one(REPOSITORY_POLICY, /^policy\.Statement(\[\d+\](\.(Effect|Action|Principal))?)? delete$/, "iam-policy-document"),
    one(REPOSITORY_POLICY, /^policy\.Statement\[0\]\.Condition/, "iam-service-grants-limited"),
    // ECR
    one(REPOSITORY, /^imageScanningConfiguration/, "ecr-scan-on-push"),
    one(REPOSITORY, /^imageTagMutability/, "ecr-immutable-tags"),
    one(REPOSITORY, /^encryptionConfigurations(?!\[0\]\.kmsKey)/, "ecr-kms"), // AWS's own KMS key will do
    one(
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        /^(REMOVED|repository delete|policy(\.rules(\[0\])?)? delete)$/,
        "ecr-lifecycle",
    ),
    // S3
    one(BUCKET("BucketPublicAccessBlock"), /./, "s3-public-access-block"),
    one(BUCKET("BucketOwnershipControls"), /./, "s3-acls-disabled"),
    one(BUCKET("BucketVersioning"), /./, "s3-versioning"),
    one(BUCKET("BucketServerSideEncryptionConfiguration"), /^(?!rules\[0\]\.bucketKeyEnabled)/, "s3-encryption-kms"),
    one(
        BUCKET("BucketPolicy"),
        /^policy\.Statement(\[\d+\](\.(Effect|Action|Principal))?)? delete$/,
        "iam-policy-document",
    ),
    one(
        BUCKET("BucketPolicy"),
        /^(REMOVED|bucket|policy|policy\.Statement\[0\]\.(Resource|Condition).*)( delete)?$/,
        "s3-tls-only",
    ),
    one(BUCKET("BucketLifecycleConfiguration"), /^(REMOVED|bucket delete|rules delete)$/, "s3-lifecycle"),
    one(
        BUCKET("BucketLifecycleConfiguration"),
        /^rules\[0\]( delete|\.status delete|\.abortIncompleteMultipartUpload)/,
        "s3-abort-uploads",
    ),
    // the captured data expires too; the artifacts go with their versions alone
    one(
        BUCKET("BucketLifecycleConfiguration"),
        /^rules\[1\]( delete|\.status delete|\.noncurrentVersionExpiration(\.noncurrentDays)? delete)/,
        "s3-lifecycle",
        /^project$/,
    ),
    one(BUCKET("BucketLogging"), /^(REMOVED|bucket delete)$/, "s3-logging"),
    // SNS, SQS, KMS
    ...TAGGED.map((type) => one(type, /^tags(\.(Environment|Service|Owner|DataClass))? delete$/, "required-tags")),
    // a policy of one statement, which is to deny
    one(TOPIC_POLICY, /^policy\.Statement\[0\] delete$/, "iam-policy-document", /^told$/),
    one(TOPIC_POLICY, /^policy\.Statement\[0\]\.Condition/, "sns-tls-only", /^told$/),
    one(TOPIC, /^kmsMasterKeyId delete$/, "sns-encryption"),
    one(TOPIC_POLICY, /^policy\.Statement(\[\d+\]\.(Effect|Action|Principal))? delete$/, "iam-policy-document"),
    one(TOPIC_POLICY, /^policy\.Statement\[0\]\.Condition/, "iam-service-grants-limited"),
    one(
        TOPIC_POLICY,
        /^(REMOVED|arn delete|policy delete|policy\.Statement\[1\]( delete|\.Condition.* delete))$/,
        "sns-tls-only",
    ),
    one("aws:sqs/queue:Queue", /^sqsManagedSseEnabled/, "sqs-encryption"),
    one(
        "aws:sqs/queuePolicy:QueuePolicy",
        /^policy\.Statement(\[\d+\](\.(Effect|Action|Principal))?)? delete$/,
        "iam-policy-document",
    ),
    one("aws:sqs/queuePolicy:QueuePolicy", /^policy\.Statement\[0\]\.Condition/, "iam-service-grants-limited"),
    one("aws:kms/key:Key", /^enableKeyRotation/, "kms-rotation"),
    one("aws:kms/key:Key", /^deletionWindowInDays (low|high)$/, "kms-deletion-window"),
    one(
        "aws:kms/keyPolicy:KeyPolicy",
        /^policy\.Statement(\[\d+\]\.(Effect|Action|Principal))? delete$/,
        "iam-policy-document",
    ),
    // prod's second is the account's own, whose IAM policies limit it; the services come fifth and sixth
    one(
        "aws:kms/keyPolicy:KeyPolicy",
        /^policy\.Statement\[[45]\]\.Condition(\.\w+(\.[\w:]+)?)? delete$/,
        "iam-service-grants-limited",
        /^project$/,
    ),
    one(
        "aws:kms/keyPolicy:KeyPolicy",
        /^policy\.Statement\[1\]\.Condition/,
        "iam-service-grants-limited",
        /^(?!project$)/,
    ),
    // logs, alarms, money
    one("aws:cloudwatch/logGroup:LogGroup", /^retentionInDays/, "log-group-retention"),
    one("aws:cloudwatch/logGroup:LogGroup", /^kmsKeyId/, "log-group-kms"),
    one("aws:cloudwatch/logGroup:LogGroup", /^(REMOVED|name delete)$/, "endpoint-log-group", /^project$/),
    one(
        METRIC_ALARM,
        /^(REMOVED|metricQueries(\[1\](\.metric(\.dimensions(\.EndpointName)?|\.metricName)?)?)? delete)$/,
        "endpoint-alarms",
        /^project\/main\/server-errors$/,
    ),
    one(METRIC_ALARM, /^alarmActions/, "alarm-actions", /^project\/main\/(memory|disk|cpu|overhead)$/),
    one(METRIC_ALARM, /^name delete$/, "alarm-actions", /^project\/(main\/(server-errors|latency)|no-traffic)$/), // the page looks for them by name
    one("aws:cloudwatch/compositeAlarm:CompositeAlarm", /^(REMOVED|alarmActions.*|alarmRule delete)$/, "alarm-actions"),
    one("aws:budgets/budget:Budget", /^(REMOVED|notifications delete)$/, "stack-budget"),
    // prod's has three, of which two are left
    one(
        "aws:budgets/budget:Budget",
        /^notifications\[0\](\.subscriberEmailAddresses(\[0\])?)? delete$/,
        "stack-budget",
        /^budget$/,
    ),
    // SageMaker
    one(MODEL, /^(containers|primaryContainer) delete$/, "model-container-count"),
    one(MODEL, /\.image delete$/, "model-container-image"),
    one(MODEL, /^primaryContainer\.modelDataUrl delete$/, "model-multi-model-prefix"),
    one(MODEL, /^containers\[\d\]\.containerHostname delete$/, "model-hostnames"),
    one(MODEL, /^executionRoleArn/, "model-execution-role"),
    one(MODEL, /^enableNetworkIsolation/, "model-network-isolation"),
    one(MODEL, /^vpcConfig( delete|\.subnets delete|\.securityGroupIds)/, "model-in-vpc"),
    one(
        CONFIGURATION,
        /^dataCaptureConfig\.(captureOptions delete|destinationS3Uri|initialSamplingPercentage)/,
        "endpoint-configuration-data-capture",
    ),
    one(CONFIGURATION, /^dataCaptureConfig\.kmsKeyId/, "endpoint-configuration-data-capture-key"),
    one(CONFIGURATION, /^productionVariants(\[0\])? delete$/, "endpoint-configuration-variants"),
    one(
        CONFIGURATION,
        /^productionVariants\[0\]\.initialInstanceCount (delete|low)$/,
        "endpoint-configuration-instance-count",
    ),
    one(CONFIGURATION, /^productionVariants\[0\]\.initialVariantWeight low$/, "endpoint-configuration-weights"),
    one(CONFIGURATION, /^productionVariants\[0\]\.serverlessConfig delete$/, "endpoint-configuration-instance-count"), // it is on instances then
    one(
        CONFIGURATION,
        /^productionVariants\[0\]\.serverlessConfig\.(memorySizeInMb|maxConcurrency)/,
        "endpoint-configuration-serverless",
    ),
    one(CONFIGURATION, /^productionVariants\[0\]\.inferenceAmiVersion/, "endpoint-configuration-gpu-ami"),
    one(CONFIGURATION, /^productionVariants\[0\]\.variantName/, "variant-scaling", /^project$/),
    one(CONFIGURATION, /^productionVariants\[0\]\.volumeSizeInGb (low|high)$/, "endpoint-configuration-volume"),
    one(CONFIGURATION, /^kmsKeyArn/, "endpoint-configuration-kms-key"),
    one(ENDPOINT, /^(REMOVED|endpointConfigName delete)$/, "endpoint-configuration-used"),
    // by another name it is another endpoint, which nothing around it is about
    { type: ENDPOINT, at: /^name delete$/, rules: ["endpoint-alarms", "endpoint-log-group", "variant-scaling"] },
    one(ENDPOINT, /^deploymentConfig delete$/, "endpoint-deployment-config"),
    one(ENDPOINT, /^deploymentConfig\.autoRollbackConfiguration(\.alarms)? delete$/, "endpoint-rollback-alarms"),
    one(ENDPOINT, /^deploymentConfig\.autoRollbackConfiguration\.alarms\[\d\]/, "alarm-actions"), // what is no longer looked at tells nobody
    one(
        ENDPOINT,
        /^deploymentConfig\.blueGreenUpdatePolicy\.(maximumExecutionTimeoutInSeconds low|terminationWaitInSeconds high|trafficRoutingConfiguration\.waitIntervalInSeconds high)$/,
        "endpoint-guardrail-timeout",
    ),
    one(TARGET, /^REMOVED$/, "variant-scaling"),
    one(
        TARGET,
        /^(maxCapacity low|minCapacity high|(resourceId|scalableDimension|serviceNamespace) delete)$/,
        "scaling-target",
    ),
    one(TARGET, /^minCapacity (delete|low)$/, "scaling-minimum"),
    one("aws:appautoscaling/policy:Policy", /^(REMOVED|resourceId delete)$/, "scaling-policy"),
    // Step Functions, VPC
    one(STATE_MACHINE, /^loggingConfiguration( delete|\.(level|logDestination))/, "sfn-logging"),
    one(STATE_MACHINE, /^loggingConfiguration\.includeExecutionData flip$/, "sfn-execution-data"),
    one(STATE_MACHINE, /^tracingConfiguration/, "sfn-tracing"),
    // prod's VPC is awsx's, whose parts an offline graph has not
    one("aws:ec2/flowLog:FlowLog", /^(REMOVED|vpcId delete)$/, "vpc-flow-logs", /^(?!project$)/),
    one("aws:ec2/vpcEndpoint:VpcEndpoint", /^privateDnsEnabled/, "vpc-endpoint-private-dns"),
    one("aws:ec2/subnet:Subnet", /^mapPublicIpOnLaunch flip$/, "subnet-public-ip"),
];

/** The rules that are to speak of a mutation, such as `containers[0].image delete`; none where no control covers it. */
export function ownersOf({ type, name }: RecordedResource, what: string): readonly string[] {
    const found = OWNED.find(
        (owned) => owned.type === type && owned.at.test(what) && (owned.named?.test(name) ?? true),
    );
    return found?.rules ?? [];
}

/** A property that is given a bad value, and the rule that is to say so. */
export interface Hand {
    readonly rule: string;
    readonly type: string;
    /** @default - the first of the type */
    readonly name?: string;
    readonly path: readonly (string | number)[];
    /** The value, or what makes it of the old one. @default - undefined */
    readonly to?: unknown;
    /** Whether what refers to the resource would follow the change, so that its outputs stay. @default false */
    readonly isInputAlone?: boolean;
    /** Takes the resource's protection away, in place of all that. @default false */
    readonly isUnprotected?: boolean;
}

type Block = Readonly<Record<string, unknown>>;

const MODEL = "aws:sagemaker/model:Model";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TRUST = ["assumeRolePolicy", "Statement", 0] as const;
const VARIANT = ["productionVariants", 0] as const;
const DIGEST = `@sha256:${"0".repeat(64)}`;

const many = (container: Block): Block => ({
    ...container,
    mode: "MultiModel",
    modelDataUrl: String(container["modelDataUrl"]).replace(/[^/]+$/, ""),
});
const statement = (add: (one: Block) => Block) => (statements: unknown) =>
    (statements as readonly Block[]).map((one) => (one["Sid"] === "ModelData" ? add(one) : one));
const ofModelData = (add: (one: Block) => Block): Pick<Hand, "type" | "name" | "path" | "to"> => ({
    type: ROLE_POLICY,
    name: "project-model-data",
    path: ["policy", "Statement"],
    to: statement(add),
});

/** Bad values in the graph of production. */
export const HANDS: readonly Hand[] = [
    // the model
    { rule: "model-container-count", type: MODEL, path: ["containers"], to: (all: unknown[]) => all.slice(0, 1) },
    { rule: "model-one-multi-model", type: MODEL, path: ["containers"], to: (all: Block[]) => all.map(many) },
    { rule: "model-multi-model-prefix", type: MODEL, path: ["containers", 0, "mode"], to: "MultiModel" },
    { rule: "model-hostnames", type: MODEL, path: ["containers", 0, "containerHostname"], to: "postprocess" },
    { rule: "model-hostnames", type: MODEL, path: ["containers", 0, "containerHostname"], to: "no_host" },
    {
        rule: "model-image-by-digest",
        type: MODEL,
        path: ["containers", 0, "image"],
        to: (image: string) => image.replace(/@.*/, ":1.0"),
    },
    {
        rule: "model-image-uri-length",
        type: MODEL,
        path: ["containers", 0, "image"],
        to: (image: string) => image.replace("@", `${"/x".repeat(90)}@`),
    },
    {
        rule: "model-image-registry",
        type: MODEL,
        path: ["containers", 0, "image"],
        to: `999999999999.dkr.ecr.eu-west-1.amazonaws.com/api${DIGEST}`,
    },
    { rule: "model-name-unset", type: MODEL, path: ["name"], to: "fixed", isInputAlone: true },
    { rule: "model-environment", type: MODEL, path: ["containers", 0, "environment"], to: { "1st": "x" } },
    { rule: "model-environment", type: MODEL, path: ["containers", 0, "environment"], to: { LONG: "x".repeat(1025) } },
    {
        rule: "model-environment-secrets",
        type: MODEL,
        path: ["containers", 0, "environment"],
        to: { DB_PASSWORD: "hunter2hunter2" },
    },
    { rule: "model-network-isolation", type: MODEL, path: ["enableNetworkIsolation"], to: false },
    { rule: "hosting-region", type: MODEL, path: ["region"], to: "eu-west-3" },
    // the endpoint configuration
    { rule: "endpoint-configuration-name-unset", type: CONFIGURATION, path: ["name"], to: "fixed", isInputAlone: true },
    {
        rule: "endpoint-configuration-instance-count",
        type: CONFIGURATION,
        path: [...VARIANT, "initialInstanceCount"],
        to: 1,
    },
    {
        rule: "endpoint-configuration-instance-types",
        type: CONFIGURATION,
        path: [...VARIANT, "instanceType"],
        to: "ml.c5.large",
    },
    {
        rule: "endpoint-configuration-gpu-ami",
        type: CONFIGURATION,
        path: [...VARIANT, "inferenceAmiVersion"],
        to: "al2-ami-sagemaker-inference-gpu-3-1",
    },
    {
        rule: "endpoint-configuration-kms-key-refused",
        type: CONFIGURATION,
        path: [...VARIANT, "instanceType"],
        to: "ml.m5d.large",
    },
    {
        rule: "endpoint-configuration-weights",
        type: CONFIGURATION,
        path: [...VARIANT, "initialVariantWeight"],
        to: 0.9,
    },
    ...[0, 513].map((size): Hand => ({
        rule: "endpoint-configuration-volume",
        type: CONFIGURATION,
        path: [...VARIANT, "volumeSizeInGb"],
        to: size,
    })),
    {
        rule: "endpoint-configuration-async-key",
        type: CONFIGURATION,
        path: ["asyncInferenceConfig"],
        to: { outputConfig: { s3OutputPath: "s3://results/" } },
    },
    {
        rule: "endpoint-configuration-shadow",
        type: CONFIGURATION,
        path: ["shadowProductionVariants"],
        to: ["a", "b"].map((variantName) => ({
            variantName,
            instanceType: "ml.m5.large",
            initialInstanceCount: 2,
            initialVariantWeight: 1,
        })),
    },
    {
        rule: "endpoint-configuration-data-capture",
        type: CONFIGURATION,
        path: ["dataCaptureConfig", "destinationS3Uri"],
        to: "captured",
    },
    { rule: "scaling-not-burstable", type: CONFIGURATION, path: [...VARIANT, "instanceType"], to: "ml.t3.medium" },
    // the endpoint and its scaling
    { rule: "endpoint-name", type: ENDPOINT, path: ["name"], to: "no_name", isInputAlone: true },
    { rule: "endpoint-configuration-used", type: ENDPOINT, path: ["endpointConfigName"], to: "elsewhere" },
    { rule: "protected-resources", type: ENDPOINT, path: [], isUnprotected: true },
    { rule: "protected-resources", type: "aws:s3/bucket:Bucket", path: [], isUnprotected: true },
    { rule: "scaling-minimum", type: "aws:appautoscaling/target:Target", path: ["minCapacity"], to: 1 },
    {
        rule: "scaling-target",
        type: "aws:appautoscaling/target:Target",
        path: ["resourceId"],
        to: "endpoint/project-test",
    },
    {
        rule: "variant-scaling",
        type: "aws:appautoscaling/target:Target",
        path: ["resourceId"],
        to: "endpoint/other/variant/main",
    },
    {
        rule: "scaling-policy",
        type: "aws:appautoscaling/policy:Policy",
        path: ["resourceId"],
        to: "endpoint/other/variant/main",
    },
    // IAM
    ...["AmazonSageMakerFullAccess", "AdministratorAccess", "PowerUserAccess"].map((policy): Hand => ({
        rule: "iam-no-full-access",
        type: ROLE,
        path: ["managedPolicyArns"],
        to: [`arn:aws:iam::aws:policy/${policy}`],
    })),
    ...["*", "s3:*"].map((action): Hand => ({
        rule: "iam-no-wildcard-actions",
        ...ofModelData((one) => ({ ...one, Action: ["s3:GetObject", action] })),
    })),
    ...["*", "arn:aws:s3:::*", "arn:aws:s3:::*/*"].map((arn): Hand => ({
        rule: "iam-no-wildcard-resources",
        ...ofModelData((one) => ({ ...one, Resource: arn })),
    })),
    ...["NotAction", "NotResource", "NotPrincipal"].map((key): Hand => ({
        rule: "iam-no-inversions",
        ...ofModelData((one) => ({ ...one, [key]: "x" })),
    })),
    { rule: "iam-policy-document", ...ofModelData((one) => ({ ...one, Effect: "allow" })) },
    { rule: "iam-policy-document", type: ROLE_POLICY, path: ["policy"], to: "no document" },
    { rule: "required-tags", type: ROLE, path: ["tags", "Owner"], to: "" },
    { rule: "role-reads-buckets", ...ofModelData((one) => ({ ...one, Resource: "arn:aws:s3:::other/*" })) },
    { rule: "iam-trust-not-public", type: ROLE, path: [...TRUST, "Principal"], to: "*" },
    {
        rule: "iam-trust-limited",
        type: ROLE,
        path: [...TRUST, "Condition"],
        to: { StringLike: { "aws:SourceAccount": "*" } },
    },
    {
        rule: "iam-sagemaker-role-trust",
        type: ROLE,
        name: "project",
        path: [...TRUST, "Principal", "Service"],
        to: ["sagemaker.amazonaws.com", "lambda.amazonaws.com"],
    },
    {
        rule: "iam-service-grants-limited",
        type: "aws:sns/topicPolicy:TopicPolicy",
        path: ["policy", "Statement", 0, "Condition"],
        to: {},
    },
    // ECR and S3
    {
        rule: "ecr-not-public",
        type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
        path: ["policy", "Statement", 0],
        to: { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" },
    },
    { rule: "ecr-immutable-tags", type: "aws:ecr/repository:Repository", path: ["imageTagMutability"], to: "MUTABLE" },
    {
        rule: "ecr-kms",
        type: "aws:ecr/repository:Repository",
        path: ["encryptionConfigurations", 0, "encryptionType"],
        to: "AES256",
    },
    { rule: "s3-acl-not-public", type: "aws:s3/bucket:Bucket", path: ["acl"], to: "public-read" },
    {
        rule: "s3-policy-not-public",
        type: "aws:s3/bucketPolicy:BucketPolicy",
        path: ["policy", "Statement"],
        to: (all: Block[]) => [
            ...all,
            { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::x/*" },
        ],
    },
    {
        rule: "s3-tls-only",
        type: "aws:s3/bucketPolicy:BucketPolicy",
        path: ["policy", "Statement", 0, "Action"],
        to: "s3:GetObject",
    },
    {
        rule: "s3-encryption-kms",
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        path: ["rules", 0, "applyServerSideEncryptionByDefault"],
        to: { sseAlgorithm: "AES256" },
    },
    {
        rule: "s3-object-encryption",
        type: "aws:s3/bucketObjectv2:BucketObjectv2",
        path: ["serverSideEncryption"],
        to: "AES256",
    },
    {
        rule: "s3-versioning",
        type: "aws:s3/bucketVersioning:BucketVersioning",
        path: ["versioningConfiguration", "status"],
        to: "Suspended",
    },
    {
        rule: "s3-acls-disabled",
        type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        path: ["rule", "objectOwnership"],
        to: "ObjectWriter",
    },
    {
        rule: "s3-abort-uploads",
        type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        path: ["rules", 0, "filter"],
        to: { prefix: "some/" },
    },
    // topics, logs, alarms
    { rule: "sns-alarm-topic-key", type: "aws:sns/topic:Topic", path: ["kmsMasterKeyId"], to: "alias/aws/sns" },
    {
        rule: "sns-policy-not-public",
        type: "aws:sns/topicPolicy:TopicPolicy",
        path: ["policy", "Statement", 0],
        to: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Publish", Resource: "x" },
    },
    {
        rule: "sns-tls-only",
        type: "aws:sns/topicPolicy:TopicPolicy",
        path: ["policy", "Statement", 1, "Action"],
        to: "sns:Subscribe",
    },
    ...[0, 2, 10_000].map((days): Hand => ({
        rule: "log-group-retention",
        type: "aws:cloudwatch/logGroup:LogGroup",
        path: ["retentionInDays"],
        to: days,
    })),
    { rule: "log-group-year", type: "aws:cloudwatch/logGroup:LogGroup", path: ["retentionInDays"], to: 30 },
    {
        rule: "endpoint-log-group",
        type: "aws:cloudwatch/logGroup:LogGroup",
        name: "project",
        path: ["name"],
        to: "/aws/sagemaker/Endpoints/other",
    },
    {
        rule: "endpoint-alarms",
        type: METRIC_ALARM,
        name: "project/main/server-errors",
        path: ["metricQueries", 1, "metric", "metricName"],
        to: "ModelLatency",
    },
    { rule: "alarm-actions", type: METRIC_ALARM, name: "project/main/cpu", path: ["alarmActions"], to: [] },
    { rule: "alarm-actions", type: METRIC_ALARM, name: "project/main/cpu", path: ["actionsEnabled"], to: false },
    {
        rule: "unique-names",
        type: METRIC_ALARM,
        name: "project/main/cpu",
        path: ["name"],
        to: "project-test/main/memory",
    },
    { rule: "stack-budget", type: "aws:budgets/budget:Budget", path: ["notifications"], to: [] },
    // what the key of all of it is
    { rule: "endpoint-configuration-kms-key", type: CONFIGURATION, path: ["kmsKeyArn"], to: () => undefined },
    {
        rule: "endpoint-configuration-data-capture-key",
        type: CONFIGURATION,
        path: ["dataCaptureConfig"],
        to: (capture: Block) => ({ ...capture, kmsKeyId: undefined }),
    },
];

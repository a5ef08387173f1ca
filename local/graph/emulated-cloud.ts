import { createHash } from "node:crypto";

/** The account and region that an offline run pretends to be in. */
export interface Cloud {
    readonly account: string;
    readonly region: string;
}

type Properties = Readonly<Record<string, unknown>>;

export interface EmulatedResource {
    readonly type: string;
    readonly name: string;
    readonly inputs: Properties;
    readonly custom: boolean;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The physical name that the provider makes up where the program gives none: the logical one and seven digits. */
const autoName = (resource: EmulatedResource): string =>
    `${resource.name}-${hash(`${resource.type} ${resource.name}`).slice(0, 7)}`;

const named = (resource: EmulatedResource, property = "name"): string => {
    const given = resource.inputs[property];
    return typeof given === "string" ? given : autoName(resource);
};

type Emulation = (resource: EmulatedResource, cloud: Cloud) => { readonly id: string } & Properties;

/** An AWS resource that is known by a name and an ARN. */
const arnOf =
    (service: string, kind: string, separator = "/"): Emulation =>
    (resource, { account, region }) => {
        const name = named(resource);
        const place = service === "iam" ? `::${account}` : `:${region}:${account}`;
        return { id: name, name, arn: `arn:aws:${service}${place}:${kind}${separator}${name}` };
    };

/** As many hexadecimal digits as an id of EC2 or KMS has, made up of the resource's name. */
const digits = ({ type, name }: EmulatedResource, count: number): string => hash(`${type} ${name}`).slice(0, count);

/** An EC2 resource that is known by an id that AWS makes up. */
const madeUp =
    (kind: string, prefix: string, added: Properties = {}): Emulation =>
    (resource, { account, region }) => {
        const id = `${prefix}-${digits(resource, 17)}`;
        return { id, arn: `arn:aws:ec2:${region}:${account}:${kind}/${id}`, ...added };
    };

/** The addresses of S3, in any region. */
const S3_PREFIX_LIST = "pl-63a5400a";
const VPC = "vpc-0123456789abcdef0";

/** The outputs that are used of a VPC of awsx, whose children only its own plugin knows. */
function emulateVpc(vpc: EmulatedResource): Properties {
    const { availabilityZoneNames, numberOfAvailabilityZones } = vpc.inputs;
    const zones = Array.isArray(availabilityZoneNames)
        ? availabilityZoneNames.length
        : Number(numberOfAvailabilityZones ?? 3);
    const ids = (prefix: string) =>
        Array.from(
            { length: zones },
            (_, index) => `${prefix}-${digits({ ...vpc, name: `${vpc.name}-${index}` }, 17)}`,
        );
    return {
        vpcId: `vpc-${digits(vpc, 17)}`,
        isolatedSubnetIds: ids("subnet"),
        routeTables: ids("rtb").map((id) => ({ id })),
    };
}

/** What a resource would know of itself, for the types whose outputs the program uses. */
const RESOURCES: Readonly<Record<string, Emulation>> = {
    "aws:ec2/securityGroup:SecurityGroup": madeUp("security-group", "sg"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": madeUp("vpc-endpoint", "vpce", { prefixListId: S3_PREFIX_LIST }),
    "aws:kms/key:Key": (resource, { account, region }) => {
        const id = digits(resource, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
        return { id, keyId: id, arn: `arn:aws:kms:${region}:${account}:key/${id}` };
    },
    "aws:ecr/repository:Repository": (resource, { account, region }) => {
        const name = named(resource);
        const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
        const arn = `arn:aws:ecr:${region}:${account}:repository/${name}`;
        return { id: name, name, arn, registryId: account, repositoryUrl: `${registry}/${name}` };
    },
    "aws:iam/role:Role": arnOf("iam", "role"),
    "aws:s3/bucket:Bucket": (resource) => {
        const bucket = named(resource, "bucket");
        return { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` };
    },
    "aws:s3/bucketObjectv2:BucketObjectv2": ({ inputs }) => ({
        id: `${text(inputs["bucket"])}/${text(inputs["key"])}`,
    }),
    "aws:sagemaker/endpoint:Endpoint": arnOf("sagemaker", "endpoint"),
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": arnOf("sagemaker", "endpoint-config"),
    "aws:sagemaker/model:Model": arnOf("sagemaker", "model"),
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup": ({ inputs }, { account, region }) => {
        const name = text(inputs["modelPackageGroupName"]);
        return { id: name, arn: `arn:aws:sagemaker:${region}:${account}:model-package-group/${name}` };
    },
    "aws:cloudcontrol/resource:Resource": ({ inputs }, { account, region }) => {
        const { ModelPackageGroupName: group } = JSON.parse(text(inputs["desiredState"])) as Properties;
        const arn = `arn:aws:sagemaker:${region}:${account}:model-package/${text(group)}/1`;
        return { id: arn, properties: JSON.stringify({ ModelPackageArn: arn }) };
    },
    "aws:sfn/stateMachine:StateMachine": arnOf("states", "stateMachine", ":"),
    "aws:sns/topic:Topic": arnOf("sns", "", ""),
    "aws:sqs/queue:Queue": arnOf("sqs", "", ""),
    "aws:cloudwatch/metricAlarm:MetricAlarm": arnOf("cloudwatch", "alarm", ":"),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": (resource, { account, region }) => {
        const name = named(resource, "alarmName");
        return { id: name, arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${name}` };
    },
    "aws:cloudwatch/logGroup:LogGroup": arnOf("logs", "log-group", ":"),
    "aws:cloudwatch/eventRule:EventRule": arnOf("events", "rule"),
    // nothing is built here: the digest only tells images apart, and changes with what goes into them
    "docker-build:index:Image": ({ inputs }) => {
        const digest = `sha256:${hash(JSON.stringify([inputs["tags"], inputs["target"], inputs["platforms"]]))}`;
        return { id: digest, digest };
    },
    "docker:index/remoteImage:RemoteImage": ({ inputs }) => {
        const id = `sha256:${hash(text(inputs["name"]))}`;
        return { id, imageId: id };
    },
    "docker:index/registryImage:RegistryImage": ({ inputs }) => {
        const digest = `sha256:${hash(text(inputs["name"]))}`;
        return { id: digest, sha256Digest: digest };
    },
};

/**
 * AWS's accounts for its own images. Real runs ask the provider, which knows every region; offline these serve for all, since nothing
 * is pulled by them.
 */
const ALGORITHM_ACCOUNT = "683313688378";
const DEEP_LEARNING_ACCOUNT = "763104351884";

const CALLS: Readonly<Record<string, (inputs: Properties, cloud: Cloud) => Properties>> = {
    // each in a zone of its own: offline nobody knows better
    "aws:ec2/getSubnet:getSubnet": (inputs, { account, region }) => ({
        arn: `arn:aws:ec2:${region}:${account}:subnet/${text(inputs["id"])}`,
        vpcId: VPC,
        availabilityZone: `${region}-${text(inputs["id"])}`,
    }),
    "aws:ec2/getVpc:getVpc": () => ({ cidrBlock: "10.0.0.0/16" }),
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": () => ({ id: S3_PREFIX_LIST }),
    "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({ accountId: account }),
    "aws:index/getRegion:getRegion": (_, { region }) => ({ region, id: region }),
    "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com" }),
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({
        userName: "AWS",
        password: "none: nothing is pushed offline",
    }),
    "aws:ecr/getImage:getImage": (inputs) => ({ imageDigest: `sha256:${hash(JSON.stringify(inputs))}` }),
    "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage": (inputs, { region }) => {
        const name = text(inputs["repositoryName"]);
        const account =
            name.startsWith("sagemaker-") && name !== "sagemaker-tritonserver"
                ? ALGORITHM_ACCOUNT
                : DEEP_LEARNING_ACCOUNT;
        return {
            registryId: account,
            registryPath: `${account}.dkr.ecr.${region}.amazonaws.com/${name}:${text(inputs["imageTag"])}`,
        };
    },
};

/** A resource's id and outputs: its inputs, and what AWS would add. */
export function emulateResource(
    cloud: Cloud,
    resource: EmulatedResource,
): { id: string | undefined; outputs: Properties } {
    if (resource.type === "awsx:ec2:Vpc")
        return { id: undefined, outputs: { ...resource.inputs, ...emulateVpc(resource) } };
    if (!resource.custom) return { id: undefined, outputs: resource.inputs };
    const emulation = RESOURCES[resource.type];
    const { id, ...added } = emulation?.(resource, cloud) ?? { id: autoName(resource) };
    return { id, outputs: { ...resource.inputs, ...added } };
}

/** The answer of a data source. @throws for one that the program is not known to use */
export function emulateCall(cloud: Cloud, token: string, inputs: Properties): Properties {
    const call = CALLS[token];
    if (call === undefined)
        throw new Error(`the data source ${token} has no offline answer; add one to local/graph/emulated-cloud.ts`);
    return { ...inputs, ...call(inputs, cloud) };
}

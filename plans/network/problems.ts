import { type EndpointSettings, hostings } from "../endpoint.ts";
import { LIMITS, type Range } from "../limits.ts";
import { repeated } from "../repeated.ts";
import { activeScaling, widestBounds } from "../scaling.ts";
import type { Step } from "../step.ts";
import { completeTransform, type TransformSettings } from "../transform.ts";
import { isAligned, parseCidr, subnetPrefix, usableAddresses } from "./cidr.ts";
import { type GivenVpc, isMade, MADE_VPC_DEFAULTS, type MadeVpcSettings, type NetworkSettings } from "./settings.ts";

/** What the model is used by, which decides on how many instances there are. */
interface Uses {
    readonly endpoint?: EndpointSettings;
    readonly transform?: TransformSettings;
}

/** Every rule that the network of a model of these steps breaks. */
export function networkProblems(network: NetworkSettings, uses: Uses, steps: readonly Step[]): string[] {
    const { isolation = false, vpc } = network;
    return [
        ...(uses.endpoint?.serverless === undefined ? [] : serverlessProblems(network)),
        ...(isolation ? isolationProblems(steps) : []),
        ...(vpc === undefined ? [] : isMade(vpc) ? madeVpcProblems(vpc.make, uses) : givenVpcProblems(vpc)),
    ];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html#serverless-endpoints-how-it-works-exclusions */
const serverlessProblems = ({ isolation = false, vpc }: NetworkSettings): string[] =>
    Object.entries({ isolation, vpc: vpc !== undefined }).flatMap(([key, isOn]) =>
        isOn
            ? [`network.${key}: SageMaker has none for serverless endpoints; leave it out, or endpoint.serverless`]
            : [],
    );

/** AWS's framework images download the code from where this variable says. */
const SUBMIT_DIRECTORY = "SAGEMAKER_SUBMIT_DIRECTORY";

const isolationProblems = (steps: readonly Step[]): string[] =>
    steps.flatMap(({ name, environment }) =>
        environment?.[SUBMIT_DIRECTORY]?.startsWith("s3://") === true
            ? [
                  `network.isolation: step "${name}" downloads its code, as ${SUBMIT_DIRECTORY} says, and isolated containers reach no S3; ` +
                      "put the code into the artifact",
              ]
            : [],
    );

function givenVpcProblems({ subnetIds, securityGroupIds }: GivenVpc): string[] {
    return [
        ...listProblems("network.vpc.subnetIds", "subnets", subnetIds, LIMITS.vpcSubnets),
        ...(securityGroupIds === undefined
            ? []
            : listProblems("network.vpc.securityGroupIds", "groups", securityGroupIds, LIMITS.vpcSecurityGroups)),
    ];
}

function listProblems(path: string, what: string, ids: readonly string[], { min, max }: Range) {
    return [
        ...(ids.length < min || ids.length > max
            ? [`${path}: found ${ids.length}; SageMaker takes ${min} to ${max} ${what}`]
            : []),
        ...listTwice(path, ids),
    ];
}

/** Private addresses that SageMaker wants for each instance. @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html#host-vpc-ip */
const ADDRESSES_AN_INSTANCE = 2;

function madeVpcProblems(make: MadeVpcSettings, uses: Uses): string[] {
    const { cidr: text, availabilityZones, endpoints } = { ...MADE_VPC_DEFAULTS, ...make };
    const path = "network.vpc.make";
    const problems: string[] = [];
    if (typeof availabilityZones !== "number") {
        problems.push(...listProblems(`${path}.availabilityZones`, "zones", availabilityZones, LIMITS.madeZones));
    }
    problems.push(...listTwice(`${path}.endpoints`, endpoints));
    const cidr = parseCidr(text);
    if (cidr === undefined || !isAligned(cidr)) {
        return [
            ...problems,
            `${path}.cidr: "${text}" is no range of IPv4 addresses; accepted: such as ${MADE_VPC_DEFAULTS.cidr}`,
        ];
    }
    const { min, max } = LIMITS.vpcPrefix;
    if (cidr.prefix < min || cidr.prefix > max) {
        return [
            ...problems,
            `${path}.cidr: "${text}"; accepted: /${min} to /${max}, since each zone has an eighth of it and AWS takes subnets of /${subnetPrefix(max)} at the smallest`,
        ];
    }
    const zones = typeof availabilityZones === "number" ? availabilityZones : availabilityZones.length;
    const addresses = zones * (usableAddresses(subnetPrefix(cidr.prefix)) - endpoints.length);
    const wanted = ADDRESSES_AN_INSTANCE * mostInstances(uses);
    if (addresses < wanted) {
        problems.push(
            `${path}.cidr: "${text}" has ${Math.max(addresses, 0)} addresses for instances, which want ${wanted}: two each, and as many again while a new fleet replaces the old`,
        );
    }
    return problems;
}

const listTwice = (path: string, items: readonly string[]): string[] =>
    repeated(items).map((item) => `${path}: "${item}" is there twice`);

/** Instances at the most: of all variants, twice while one fleet replaces another, and of a transform job. */
function mostInstances({ endpoint, transform }: Uses): number {
    const shadow = endpoint?.shadow;
    const fleets = endpoint === undefined ? [] : [...hostings(endpoint), ...(shadow === undefined ? [] : [shadow])];
    const hosted = fleets.map(({ instanceCount = 1, scaling }) => {
        const active = activeScaling(scaling);
        return active === undefined ? instanceCount : Math.max(instanceCount, widestBounds(active).max);
    });
    const total = hosted.reduce((sum, count) => sum + count, 0);
    return 2 * total + (transform === undefined ? 0 : completeTransform(transform).instanceCount);
}

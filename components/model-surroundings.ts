import * as pulumi from "@pulumi/pulumi";
import { keyUseStatements } from "../plans/iam/key-use.ts";
import type { Statement } from "../plans/iam/statement.ts";
import { encryptsVolumes, volumeAdvice } from "../plans/key.ts";
import { DEFAULT_RETENTION_DAYS, retentionDays } from "../plans/log-groups.ts";
import type { ModelUses } from "../plans/model-uses.ts";
import { networkAdvice } from "../plans/network/advice.ts";
import type { Step } from "../plans/step.ts";
import { encryptsJobVolumes } from "../plans/transform-job.ts";
import { modelNetwork, type ModelNetwork } from "./network.ts";
import { stackEncryption } from "./stack-encryption.ts";

/** What a stack gives out of its key and its network. */
export interface SurroundingsOutputs {
    /** ARN of the KMS key that encrypts what the stack keeps. @default - AWS's own keys */
    readonly keyArn?: pulumi.Output<string>;
    /** Where the containers are. @default - in no VPC of the account */
    readonly network?: {
        readonly vpcId: pulumi.Output<string>;
        readonly subnetIds: pulumi.Output<string[]>;
        readonly securityGroupIds: pulumi.Output<string[]>;
    };
}

/** What a model is made in: the stack's key, and the network of its containers. */
export interface ModelSurroundings {
    readonly keyArn: pulumi.Input<string> | undefined;
    /** The key, where it encrypts the volumes of the endpoint's instances. */
    readonly volumeKeyArn: pulumi.Input<string> | undefined;
    readonly network: ModelNetwork | undefined;
    /** What the execution role needs for both. */
    readonly grants: readonly Statement[];
    readonly outputs: SurroundingsOutputs;
    /** Says which execution role it is that policies of the key and the network name, which are made before it. */
    readonly setRoleArn: (arn: pulumi.Output<string>) => void;
}

/** Makes what must be there before a model of these steps, as far as the settings ask for it. */
export function modelSurroundings(
    name: string,
    uses: ModelUses,
    steps: readonly Step[],
    opts: pulumi.ComponentResourceOptions,
): ModelSurroundings {
    const { endpoint, transform, logs } = uses;
    const [roleArn, setRoleArn] = pulumi.deferredOutput<string>();
    const isRun = endpoint !== undefined || transform !== undefined;
    const encryption = { uses, stack: pulumi.getStack(), ...(isRun && { executionRole: roleArn }) };
    const keyArn = stackEncryption(name, encryption, opts);
    const network =
        uses.network &&
        modelNetwork(
            name,
            uses.network,
            {
                roleArn,
                keyArn,
                retentionDays: retentionDays(logs) ?? DEFAULT_RETENTION_DAYS,
                amongThemselves: (transform?.instanceCount ?? 1) > 1,
            },
            opts,
        );
    for (const advice of adviceOn(uses, steps)) void pulumi.log.warn(advice);
    const volumeKeyArn = endpoint !== undefined && encryptsVolumes(endpoint) ? keyArn : undefined;
    const keyGrants =
        keyArn === undefined
            ? []
            : keyUseStatements({
                  key: keyArn,
                  modelData: steps.some(({ artifact }) => artifact !== undefined), // none of a model package's steps has one
                  transform: transform !== undefined,
                  volumes: volumeKeyArn !== undefined || (transform !== undefined && encryptsJobVolumes(transform)),
              });
    return {
        keyArn,
        volumeKeyArn,
        network,
        grants: [...(network?.grants ?? []), ...keyGrants],
        outputs: outputsOf(keyArn, network),
        setRoleArn,
    };
}

function outputsOf(keyArn: ModelSurroundings["keyArn"], network: ModelNetwork | undefined): SurroundingsOutputs {
    const place = network?.place;
    return {
        ...(keyArn !== undefined && { keyArn: pulumi.output(keyArn) }),
        ...(place && {
            network: {
                vpcId: place.vpcId,
                subnetIds: place.subnetIds,
                securityGroupIds: place.securityGroupIds,
            },
        }),
    };
}

const adviceOn = ({ endpoint, network, key }: ModelUses, steps: readonly Step[]): string[] => [
    ...(network === undefined ? [] : networkAdvice(network, steps)),
    ...(key === undefined || endpoint === undefined ? [] : volumeAdvice(endpoint)),
];

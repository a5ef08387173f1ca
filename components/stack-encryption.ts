import type * as pulumi from "@pulumi/pulumi";
import type { ModelUses } from "../plans/model-uses.ts";
import { endpointLogGroup, flowLogGroup, stateMachineLogGroup } from "../plans/log-groups.ts";
import { isMade } from "../plans/network/settings.ts";
import { whereOn } from "../plans/observability.ts";
import { keptForVersions } from "./kept-for-versions.ts";
import { StackKey } from "./stack-key.ts";

export interface StackEncryptionArgs {
    readonly uses: ModelUses;
    /** The stack's name. */
    readonly stack: string;
    /** ARN of the model's execution role. @default - nothing runs the model */
    readonly executionRole?: pulumi.Input<string>;
}

/** ARN of the key that encrypts what a stack keeps, made where the settings ask for one; undefined where AWS's own keys do. */
export function stackEncryption(
    name: string,
    { uses, stack, executionRole }: StackEncryptionArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Input<string> | undefined {
    const { key } = uses;
    if (key === undefined || typeof key === "string") return key;
    const alarms = whereOn(uses.alarms) !== undefined;
    const { registry } = uses;
    return new StackKey(
        name,
        {
            ...key.make,
            ...(executionRole !== undefined && { executionRole }),
            readers: registry?.accounts ?? [],
            alarms,
            logGroups: logGroups(name, stack, uses),
        },
        // what is registered is unreadable without its key
        { ...opts, ...(registry && { transformations: [keptForVersions] }) },
    ).arn;
}

/** Names of the log groups of a stack, all of which its key encrypts. */
const logGroups = (name: string, stack: string, { endpoint, transform, network, logs }: ModelUses): string[] => [
    ...(endpoint === undefined || logs === "none" ? [] : [endpointLogGroup(endpoint.name)]),
    ...(transform === undefined ? [] : [stateMachineLogGroup(name, stack)]),
    ...(network?.vpc !== undefined && isMade(network.vpc) ? [flowLogGroup(name, stack)] : []),
];

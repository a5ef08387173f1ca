import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { foundPlaceProblems, type FoundPlace, isGuarded, type Place } from "../plans/place.ts";
import type { Step } from "../plans/step.ts";

/** Problems of where a stack is about to be deployed, and of what it needs to find there. Without an engine no account is asked. */
export async function guardProblems(place: Place, steps: readonly Step[]): Promise<string[]> {
    const found = isGuarded(place) ? foundPlaceProblems(place, await foundPlace()) : [];
    if (found.length > 0 || !pulumi.runtime.hasEngine()) return found; // elsewhere the secrets would be missing for that reason
    return (await Promise.all(steps.map(missingSecrets))).flat();
}

/** Offline there are no credentials to ask, and a region only where the stack's file names it. */
async function foundPlace(): Promise<FoundPlace> {
    const config = new pulumi.Config("aws");
    if (!pulumi.runtime.hasEngine()) return { account: undefined, region: config.get("region") };
    const [{ accountId: account }, { region }] = await Promise.all([aws.getCallerIdentity(), aws.getRegion()]);
    const [inConfig, inEnvironment] = [config.get("profile"), process.env["AWS_PROFILE"]];
    if (inConfig !== undefined) return { account, region, profile: { name: inConfig, by: "aws:profile" } };
    if (inEnvironment !== undefined) return { account, region, profile: { name: inEnvironment, by: "AWS_PROFILE" } };
    return { account, region };
}

/** Secrets that a step needs and that are not there: its container would not start, which shows after minutes, in its log alone. */
async function missingSecrets({ name, secrets = {} }: Step): Promise<string[]> {
    const looked = Object.entries(secrets).map(async ([variable, { arn }]) => {
        try {
            await aws.secretsmanager.getSecret({ arn });
            return [];
        } catch (error) {
            const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
            return [
                `step "${name}": secrets "${variable}": ${arn} is not to be found with these credentials: ${reason}`,
            ];
        }
    });
    return (await Promise.all(looked)).flat();
}

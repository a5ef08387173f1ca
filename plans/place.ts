import { repeated } from "./repeated.ts";

/** Where a stack may be deployed. */
export interface Place {
    /** Numbers of AWS accounts. @default - any */
    readonly allowedAccounts?: readonly string[];
    /** Names of regions. @default - any */
    readonly allowedRegions?: readonly string[];
}

/** Where a program is about to deploy; what is not known is not checked. */
export interface FoundPlace {
    readonly account: string | undefined;
    readonly region: string | undefined;
    /** The profile that decides on the credentials, and what sets it. @default - none */
    readonly profile?: { readonly name: string; readonly by: "AWS_PROFILE" | "aws:profile" } | undefined;
}

/** Whether a stack says where it may be deployed. */
export const isGuarded = ({ allowedAccounts, allowedRegions }: Place): boolean =>
    allowedAccounts !== undefined || allowedRegions !== undefined;

/** Every rule that the lists themselves break. */
export const placeProblems = ({ allowedAccounts = [], allowedRegions = [] }: Place): string[] =>
    Object.entries({ allowedAccounts, allowedRegions }).flatMap(([key, values]) =>
        repeated(values).map((value) => `${key}: ${value} is named twice`),
    );

const likelyCause = ({ profile }: FoundPlace): string =>
    profile === undefined
        ? "AWS_PROFILE and aws:profile are not set, so the default profile or AWS_ACCESS_KEY_ID decides; is that another environment's?"
        : `${profile.by} is "${profile.name}"; is that another environment's?`;

/** Why a stack must not be deployed where the credentials lead. */
export function foundPlaceProblems({ allowedAccounts, allowedRegions }: Place, found: FoundPlace): string[] {
    const problems: string[] = [];
    const { account, region } = found;
    if (allowedAccounts !== undefined && account !== undefined && !allowedAccounts.includes(account)) {
        problems.push(
            `allowedAccounts: the credentials are of account ${account}; accepted: ${allowedAccounts.join(", ")}. ${likelyCause(found)}`,
        );
    }
    if (allowedRegions !== undefined && region !== undefined && !allowedRegions.includes(region)) {
        problems.push(
            `allowedRegions: the region is ${region}; accepted: ${allowedRegions.join(", ")}. aws:region in the stack's file sets it, ` +
                "and AWS_REGION where that is left out",
        );
    }
    return problems;
}

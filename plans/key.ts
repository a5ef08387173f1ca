import { type EndpointSettings, hostings } from "./endpoint.ts";
import { hasLocalStorage } from "./local-storage.ts";

/** The KMS key of a stack: the ARN of one that is there, or one that is made. */
export type KeySettings = string | { readonly make: MadeKeySettings };

export interface MadeKeySettings {
    /** Days until a key whose stack is destroyed is gone, 7–30; until then it can be had back. @default 30 */
    readonly deletionDays?: number;
    /** Days between rotations, 90–2560. @default 365 */
    readonly rotationDays?: number;
}

export const MADE_KEY_DEFAULTS = { deletionDays: 30, rotationDays: 365 } as const satisfies Required<MadeKeySettings>;

/** The instance types of an endpoint whose disks no key encrypts but the instance's own. */
function selfEncrypting(endpoint: EndpointSettings): string[] {
    if (endpoint.serverless !== undefined) return [];
    const types = [
        ...hostings(endpoint).map(({ instanceType }) => instanceType),
        ...(endpoint.shadow?.instanceType === undefined ? [] : [endpoint.shadow.instanceType]),
    ];
    return [...new Set(types.filter(hasLocalStorage))];
}

/** Whether the volumes of an endpoint's instances are encrypted with the stack's key. */
export const encryptsVolumes = (endpoint: EndpointSettings): boolean =>
    endpoint.serverless === undefined && selfEncrypting(endpoint).length === 0;

/** Why the volumes are not. */
export const volumeAdvice = (endpoint: EndpointSettings): string[] =>
    selfEncrypting(endpoint).map(
        (type) =>
            `key: ${type} has disks of its own, which the instance encrypts and SageMaker has refused a key for; no volume of this endpoint is encrypted with the stack's key`,
    );

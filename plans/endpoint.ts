import type { Input } from "@pulumi/pulumi";
import type { DataCaptureSettings } from "./data-capture.ts";
import type { Caller } from "./iam/caller-policies.ts";
import { LIMITS, NAME_PATTERN } from "./limits.ts";

/** The instances behind a variant. */
export interface Hosting {
    /** @default "ml.m5.large" */
    readonly instanceType?: string;
    /** Instances at the start. @default 1 */
    readonly instanceCount?: number;
    /** GiB of storage of each instance. @default - SageMaker's for the instance type */
    readonly volumeGiB?: number;
    /** Seconds until every container must answer /ping, 60–3600. @default - SageMaker's, 480 */
    readonly startupTimeoutSeconds?: number;
    /** Seconds for the download of the model data, 60–3600. @default - SageMaker's */
    readonly downloadTimeoutSeconds?: number;
}

/** A production variant; what it leaves out is as the endpoint says. */
export interface Variant extends Hosting {
    /** Unique in the endpoint. */
    readonly name: string;
    /** Relative share of the traffic; whole numbers, since SageMaker reads 0.9 back as 0.8999999761581421. @default 1 */
    readonly weight?: number;
}

/** An endpoint's variants and what they have in common. */
export interface EndpointSettings extends Hosting {
    /** @default - one, named `main` */
    readonly variants?: readonly Variant[];
    /** Who is to invoke it: each gets a policy to attach. @default - nobody */
    readonly callers?: readonly Caller[];
    /** What is recorded of requests and answers. @default - nothing */
    readonly dataCapture?: DataCaptureSettings;
}

const ONE_VARIANT: readonly Variant[] = [{ name: "main" }];

/** Every rule the endpoint breaks. */
export function endpointProblems({
    name,
    variants = ONE_VARIANT,
}: EndpointSettings & { readonly name: string }): string[] {
    const problems: string[] = [];
    if (!NAME_PATTERN.test(name)) {
        problems.push(`its name is not up to ${LIMITS.nameLength} letters, digits and inner hyphens`);
    }
    for (const variantName of new Set(variants.map((variant) => variant.name))) {
        const uses = variants.filter((variant) => variant.name === variantName).length;
        if (uses > 1)
            problems.push(`variant name "${variantName}" is used ${uses} times; names are unique in an endpoint`);
    }
    if (variants.every((variant) => variant.weight === 0)) {
        problems.push("every variant has weight 0; at least one must get traffic");
    }
    return problems;
}

/** The variants with what they have in common, and the defaults. */
export const hostings = ({ variants = ONE_VARIANT, ...common }: EndpointSettings) =>
    variants.map((variant) => ({ instanceType: "ml.m5.large", instanceCount: 1, weight: 1, ...common, ...variant }));

/** What EndpointConfiguration takes as production variants, all of one model. */
export function planVariants(endpoint: EndpointSettings, modelName: Input<string>) {
    return hostings(endpoint).map((hosting) => ({
        variantName: hosting.name,
        modelName,
        instanceType: hosting.instanceType,
        initialInstanceCount: hosting.instanceCount,
        initialVariantWeight: hosting.weight,
        ...(hosting.volumeGiB === undefined ? {} : { volumeSizeInGb: hosting.volumeGiB }),
        ...(hosting.startupTimeoutSeconds === undefined
            ? {}
            : { containerStartupHealthCheckTimeoutInSeconds: hosting.startupTimeoutSeconds }),
        ...(hosting.downloadTimeoutSeconds === undefined
            ? {}
            : { modelDataDownloadTimeoutInSeconds: hosting.downloadTimeoutSeconds }),
    }));
}

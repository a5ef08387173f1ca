import type { Input } from "@pulumi/pulumi";
import type { Async } from "./async.ts";
import type { Deployment } from "./deployment.ts";
import { deploymentProblems } from "./deployment-problems.ts";
import type { DataCaptureSettings } from "./data-capture.ts";
import type { Caller } from "./iam/caller-policies.ts";
import { type InferenceAmiVersion, inferenceAmiProblems } from "./inference-ami.ts";
import { LIMITS, NAME_PATTERN } from "./limits.ts";
import { initialInstances, type Scaling } from "./scaling.ts";
import { planServerless, type Serverless } from "./serverless.ts";
import type { Shadow } from "./shadow.ts";

/** The instances behind a variant. */
export interface Hosting {
    /** @default "ml.m5.large" */
    readonly instanceType?: string;
    /** Instances at the start. @default 1; where they are scaled, the least */
    readonly instanceCount?: number;
    /** How their number follows the load, from instanceCount on. @default "none" */
    readonly scaling?: Scaling | "none";
    /** GiB of storage of each instance. @default - SageMaker's for the instance type */
    readonly volumeGiB?: number;
    /** Seconds until every container must answer /ping, 60–3600. @default - SageMaker's, 480 */
    readonly startupTimeoutSeconds?: number;
    /** Seconds for the download of the model data, 60–3600. @default - SageMaker's */
    readonly downloadTimeoutSeconds?: number;
    /** Image of the instances that decides on NVIDIA's driver; for instance types with GPUs. @default - SageMaker's */
    readonly inferenceAmiVersion?: InferenceAmiVersion;
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
    /** Requests wait in a queue and results go to S3. @default - requests are answered at once */
    readonly async?: Async;
    /** Without instances, for a single container. @default - instances */
    readonly serverless?: Serverless;
    /** A variant that gets copies of requests, beside a single one in production. @default - none */
    readonly shadow?: Shadow;
    /** How it moves to a new configuration. @default - all traffic at once, and nothing is rolled back */
    readonly deployment?: Deployment;
    /** Who is to invoke it: each gets a policy to attach. @default - nobody */
    readonly callers?: readonly Caller[];
    /** What is recorded of requests and answers. @default - nothing */
    readonly dataCapture?: DataCaptureSettings;
}

const ONE_VARIANT: readonly Variant[] = [{ name: "main" }];

/** Every rule the endpoint breaks. */
export function endpointProblems(endpoint: EndpointSettings & { readonly name: string }): string[] {
    const { name, variants = ONE_VARIANT, ...common } = endpoint;
    const problems: string[] = [];
    if (!NAME_PATTERN.test(name)) {
        problems.push(`its name is not up to ${LIMITS.nameLength} letters, digits and inner hyphens`);
    }
    for (const variantName of new Set(variants.map((variant) => variant.name))) {
        const uses = variants.filter((variant) => variant.name === variantName).length;
        if (uses > 1)
            problems.push(`variant name "${variantName}" is used ${uses} times; names are unique in an endpoint`);
    }
    problems.push(
        ...hostings({ ...common, variants }).flatMap(({ name: variant, inferenceAmiVersion, instanceType }) =>
            inferenceAmiProblems(inferenceAmiVersion, instanceType).map(
                (problem) => `variant "${variant}": ${problem}`,
            ),
        ),
    );
    if (variants.every((variant) => variant.weight === 0)) {
        problems.push("every variant has weight 0; at least one must get traffic");
    }
    return [...problems, ...deploymentProblems(endpoint.deployment, hostings(endpoint))];
}

/** The variants with what they have in common, and the defaults. */
export const hostings = ({ variants = ONE_VARIANT, ...common }: EndpointSettings) =>
    variants.map((variant) => {
        const hosting = { instanceType: "ml.m5.large", weight: 1, ...common, ...variant };
        return { ...hosting, instanceCount: hosting.instanceCount ?? initialInstances(hosting.scaling) };
    });

/** What EndpointConfiguration takes as production variants, all of one model. */
export function planVariants(endpoint: EndpointSettings, modelName: Input<string>) {
    return hostings(endpoint).map((hosting) => ({
        variantName: hosting.name,
        modelName,
        initialVariantWeight: hosting.weight,
        ...(hosting.serverless === undefined ? planInstances(hosting) : planServerless(hosting.serverless)),
        ...(hosting.startupTimeoutSeconds === undefined
            ? {}
            : { containerStartupHealthCheckTimeoutInSeconds: hosting.startupTimeoutSeconds }),
        ...(hosting.downloadTimeoutSeconds === undefined
            ? {}
            : { modelDataDownloadTimeoutInSeconds: hosting.downloadTimeoutSeconds }),
    }));
}

const planInstances = (hosting: ReturnType<typeof hostings>[number]) => ({
    instanceType: hosting.instanceType,
    initialInstanceCount: hosting.instanceCount,
    ...(hosting.inferenceAmiVersion === undefined ? {} : { inferenceAmiVersion: hosting.inferenceAmiVersion }),
    ...(hosting.volumeGiB === undefined ? {} : { volumeSizeInGb: hosting.volumeGiB }),
});

import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type EndpointSettings, hostings, type planVariants } from "../plans/endpoint.ts";
import { type CountedVariant, FINGERPRINT_TAG, fingerprinted, keptInstances } from "../plans/kept-capacity.ts";
import { activeScaling } from "../plans/scaling.ts";
import { liveEndpoint } from "./live-endpoint.ts";

/** An endpoint configuration before it is known how many instances scaled variants start with. */
interface PlannedConfiguration extends Omit<aws.sagemaker.EndpointConfigurationArgs, "productionVariants" | "tags"> {
    readonly productionVariants: ReturnType<typeof planVariants>;
}

/**
 * The configuration, in which variants that are scaled start with as many instances as the endpoint has when the configuration comes to
 * say something new. Read late, once everything else is known: after images are pushed and the model is made. Without an engine there is
 * no endpoint to read.
 */
export function withKeptCapacity(
    planned: PlannedConfiguration,
    endpoint: EndpointSettings & { readonly name: string },
    opts: pulumi.InvokeOptions,
): aws.sagemaker.EndpointConfigurationArgs {
    const scaled = hostings(endpoint).flatMap(({ name, instanceCount, ...hosting }): CountedVariant[] => {
        const scaling = activeScaling(hosting.scaling);
        return scaling === undefined ? [] : [{ name, instanceCount, scaling }];
    });
    if (scaled.length === 0) return planned;
    const { region } = aws.getRegionOutput({}, opts);
    const fingerprint = pulumi.output(planned).apply((content) => hash(content, scaled));
    const counts = pulumi.all([fingerprint, region]).apply(async ([wanted, where]) => {
        const live = pulumi.runtime.hasEngine() ? await liveEndpoint(endpoint.name, where) : undefined;
        return Object.fromEntries(scaled.map((variant) => [variant.name, keptInstances(variant, wanted, live)]));
    });
    return {
        ...planned,
        productionVariants: planned.productionVariants.map((variant) =>
            scaled.some(({ name }) => name === variant.variantName)
                ? { ...variant, initialInstanceCount: counts.apply((of) => of[variant.variantName]) }
                : variant,
        ),
        tags: { [FINGERPRINT_TAG]: fingerprint },
    };
}

const hash = (content: object, scaled: readonly CountedVariant[]): string =>
    createHash("sha256")
        .update(fingerprinted(content, new Set(scaled.map(({ name }) => name))))
        .digest("hex");

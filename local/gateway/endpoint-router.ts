import { endpointLogGroup } from "../../plans/log-groups.ts";
import { variantChooser } from "./choose-variant.ts";
import { ContainerClient } from "./container-client.ts";
import type { GatewayLimits } from "./limits.ts";
import type { GatewayMetrics, RequestRecorder } from "./metrics.ts";
import type { InvocationHeaders } from "./request-headers.ts";
import { validationError } from "./runtime-error.ts";
import type { ServedEndpoint, ServedVariant } from "./served-endpoint.ts";
import type { ServedModels } from "./served-models.ts";
import { Shadow } from "./shadow.ts";

/** A container with what the gateway keeps for it. */
export interface TargetContainer {
    readonly client: ContainerClient;
    /** The models of a multi-model container. */
    readonly models: ServedModels | undefined;
    /** Records ContainerLatency, in milliseconds. */
    readonly took: (milliseconds: number) => void;
    /** In Direct mode, where requests are counted by container too. */
    readonly requests: RequestRecorder | undefined;
}

/** A variant with what the gateway keeps for it. */
export interface TargetVariant extends Omit<ServedVariant, "containers"> {
    readonly containers: readonly TargetContainer[];
    readonly requests: RequestRecorder;
}

/** Where endpoints would be if they were not on this machine. */
export interface Account {
    readonly accountId: string;
    readonly region: string;
}

/** Picks the variant and the containers for the requests to one endpoint. */
export class EndpointRouter {
    readonly name: string;
    /** Bytes of a request at most. */
    readonly requestBytes: number;
    /** Hears of each request that got a whole answer. */
    readonly record: ServedEndpoint["record"];
    private readonly variants: ReadonlyMap<string, TargetVariant>;
    /** Takes copies of requests. @default - none */
    readonly shadow: Shadow | undefined;
    private readonly nextVariant: () => TargetVariant | undefined;
    private readonly shadowVariant: TargetVariant | undefined;

    constructor(endpoint: ServedEndpoint, account: Account, limits: GatewayLimits, metrics: GatewayMetrics) {
        this.name = endpoint.name;
        this.requestBytes = Math.min(limits.requestBytes, endpoint.requestBytes ?? limits.requestBytes);
        const target = targetsOf(endpoint.name, account, limits, metrics);
        const variants = endpoint.variants.map(target);
        this.record = endpoint.record;
        this.variants = new Map(variants.map((variant) => [variant.name, variant]));
        this.nextVariant = variantChooser(variants);
        if (endpoint.shadow === undefined) return;
        this.shadowVariant = target(endpoint.shadow.variant);
        this.shadow = new Shadow(this.shadowVariant, endpoint.shadow.share, limits);
    }

    /** The variant a request names, or the next one by weight; throws a ValidationError where there is none. */
    variantFor({ targetVariant }: InvocationHeaders): TargetVariant {
        if (targetVariant === undefined) {
            const next = this.nextVariant();
            if (next !== undefined) return next;
            throw validationError(
                `No variant of endpoint ${this.name} has a weight above 0; name one in TargetVariant: ${this.variantNames()}.`,
            );
        }
        const variant = this.variants.get(targetVariant);
        if (variant !== undefined) return variant;
        throw validationError(
            `Variant ${targetVariant} of endpoint ${this.name} not found; its variants are ${this.variantNames()}.`,
        );
    }

    /** The containers a request passes through, in order; throws a ValidationError where its headers do not fit the variant. */
    containersFor(variant: TargetVariant, headers: InvocationHeaders): readonly TargetContainer[] {
        const containers = this.namedContainers(variant, headers.targetContainerHostname);
        const multiModel = containers.find(({ models }) => models !== undefined);
        if (multiModel === undefined && headers.targetModel !== undefined) {
            throw validationError(
                `Endpoint ${this.name} is not a multi-model endpoint and does not support target model header.`,
            );
        }
        if (multiModel !== undefined && headers.targetModel === undefined) {
            throw validationError(
                `Container ${multiModel.client.hostname} of endpoint ${this.name} is multi-model: name a model in TargetModel, ` +
                    "which InvokeEndpoint alone takes.",
            );
        }
        return containers;
    }

    private namedContainers(variant: TargetVariant, hostname: string | undefined): readonly TargetContainer[] {
        if (variant.mode === "Serial") {
            if (hostname === undefined) return variant.containers;
            throw validationError(
                `TargetContainerHostname is ${hostname}, but endpoint ${this.name} is not configured for direct invocation.`,
            );
        }
        const hostnames = variant.containers.map(({ client }) => client.hostname).join(", ");
        if (hostname === undefined) {
            throw validationError(
                `Endpoint ${this.name} is configured for direct invocation: name a container in TargetContainerHostname: ${hostnames}.`,
            );
        }
        const container = variant.containers.find(({ client }) => client.hostname === hostname);
        if (container !== undefined) return [container];
        throw validationError(
            `TargetContainerHostname ${hostname} does not exist in endpoint ${this.name}; its containers are ${hostnames}.`,
        );
    }

    async close(): Promise<void> {
        const variants = [...this.variants.values(), ...(this.shadowVariant ? [this.shadowVariant] : [])];
        const containers = variants.flatMap((variant) => variant.containers);
        await Promise.all(containers.map(({ client }) => client.close()));
    }

    private variantNames(): string {
        return [...this.variants.keys()].join(", ");
    }
}

/** Returns what makes a target of a variant of the endpoint. */
function targetsOf(endpointName: string, account: Account, limits: GatewayLimits, metrics: GatewayMetrics) {
    const logGroup = `arn:aws:logs:${account.region}:${account.accountId}:log-group:${endpointLogGroup(endpointName)}`;
    return (variant: ServedVariant): TargetVariant => {
        const dimensions = { EndpointName: endpointName, VariantName: variant.name };
        const containers = variant.containers.map((container): TargetContainer => {
            const logStreamArn = `${logGroup}:log-stream:${variant.name}/local/${container.hostname}`;
            const ofContainer = { ...dimensions, ContainerName: container.hostname };
            const { models } = container;
            models?.recordBy(metrics.models(dimensions, () => models.use()));
            return {
                client: new ContainerClient(container, logStreamArn, limits),
                models,
                took: metrics.container(ofContainer),
                requests: variant.mode === "Direct" ? metrics.requests(ofContainer) : undefined,
            };
        });
        return {
            name: variant.name,
            weight: variant.weight,
            mode: variant.mode,
            containers,
            requests: metrics.requests(dimensions),
        };
    };
}

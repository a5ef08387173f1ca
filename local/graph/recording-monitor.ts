import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import type { Fields } from "./graph.ts";
import { plainValue } from "./plain-value.ts";
import { type Cloud, emulateCall, emulateResource } from "./emulated-cloud.ts";

/** A registration as the engine would get it: assets and secrets may still be wrapped. */
export interface Registration {
    /** As the engine would form it. */
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** What AWS would know it by; undefined for a component. */
    readonly id: string | undefined;
    /** URN of the parent; undefined for the stack itself. */
    readonly parent: string | undefined;
    /** Whether the engine would refuse to delete it. */
    readonly isProtected: boolean;
    inputs: Fields;
    /** The inputs, and what AWS would add; for a component, what it registers as its outputs. */
    outputs: Fields;
}

/** What is read of the engine's protocol. */
interface RegisterRequest {
    getParent(): string;
    getCustom(): boolean;
    getProtect(): boolean;
}
interface OutputsRequest {
    getUrn(): string;
    getOutputs(): Parameters<typeof pulumi.runtime.deserializeProperties>[0];
}
type Callback = (error: unknown, response: { getUrn(): string } | undefined) => void;

const STACK_TYPE = "pulumi:pulumi:Stack";

/** Stands where the Pulumi engine would: takes every registration, answers as AWS would, and deploys nothing. */
export class RecordingMonitor extends MockMonitor {
    readonly registrations: Registration[] = [];
    private readonly prefix: string;
    /** By mock URN, in which Pulumi's mocks keep no more than the parent's type. */
    private readonly byMockUrn = new Map<string, Registration>();
    /** Of the request being answered, what Pulumi's mocks do not pass on. */
    private parent: string | undefined;
    private isProtected = false;

    constructor(cloud: Cloud, project: string, stack: string) {
        super({
            call: ({ token, inputs }) => emulateCall(cloud, token, inputs as Record<string, unknown>),
            newResource: ({ type, name, inputs, custom }) => {
                const given = inputs as Fields;
                const { id, outputs } = emulateResource(cloud, { type, name, inputs: given, custom: custom ?? false });
                const urn = this.urnOf(type, name);
                const { parent, isProtected } = this;
                this.registrations.push({ urn, type, name, id, parent, isProtected, inputs: given, outputs });
                return { id, state: outputs };
            },
        });
        this.prefix = `urn:pulumi:${stack}::${project}::`;
    }

    override async registerResource(request: RegisterRequest, callback: Callback): Promise<void> {
        this.parent = this.byMockUrn.get(request.getParent())?.urn; // super calls newResource before it first awaits
        this.isProtected = request.getProtect();
        const registered = this.registrations.length;
        await super.registerResource(request, (error: unknown, response: { getUrn(): string } | undefined) => {
            const registration = this.registrations[registered];
            if (response !== undefined && registration !== undefined) {
                this.byMockUrn.set(response.getUrn(), registration);
                if (request.getCustom()) this.resources.delete(response.getUrn()); // components alone register outputs later
            }
            callback(error, response);
        });
        const registration = this.registrations[registered];
        if (registration !== undefined && request.getCustom()) {
            // of thousands, what Pulumi wraps an asset in would be most of what is kept
            registration.inputs = (await plainValue(registration.inputs)) as Fields;
            registration.outputs = (await plainValue(registration.outputs)) as Fields;
        }
    }

    override registerResourceOutputs(request: OutputsRequest, callback: Callback): void {
        const registration = this.byMockUrn.get(request.getUrn());
        if (registration !== undefined) {
            const outputs = pulumi.runtime.deserializeProperties(request.getOutputs()) as Record<string, unknown>;
            registration.outputs = { ...registration.outputs, ...outputs };
        }
        super.registerResourceOutputs(request, callback);
    }

    private urnOf(type: string, name: string): string {
        const parentType = this.parent?.slice(this.prefix.length).split("::")[0];
        const qualified = parentType === undefined || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
        return `${this.prefix}${qualified}::${name}`;
    }
}

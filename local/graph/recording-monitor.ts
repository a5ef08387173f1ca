import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { type Cloud, emulateCall, emulateResource } from "./emulated-cloud.ts";

/** A registration as the engine would get it: assets and secrets still wrapped. */
export interface Registration {
    /** As the engine would form it. */
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** URN of the parent; undefined for the stack itself. */
    readonly parent: string | undefined;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** The inputs, and what AWS would add; for a component, what it registers as its outputs. */
    outputs: Readonly<Record<string, unknown>>;
}

/** What is read of the engine's protocol. */
interface RegisterRequest {
    getParent(): string;
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
    /** Mock URN → the engine's: Pulumi's mocks keep no more than the parent's type in a URN. */
    private readonly urns = new Map<string, string>();
    /** Parent of the request being answered, which Pulumi's mocks do not pass on. */
    private parent: string | undefined;

    constructor(cloud: Cloud, project: string, stack: string) {
        super({
            call: ({ token, inputs }) => emulateCall(cloud, token, inputs as Record<string, unknown>),
            newResource: ({ type, name, inputs, custom }) => {
                const given = inputs as Record<string, unknown>;
                const { id, outputs } = emulateResource(cloud, { type, name, inputs: given, custom: custom ?? false });
                const urn = this.urnOf(type, name);
                this.registrations.push({ urn, type, name, parent: this.parent, inputs: given, outputs });
                return { id, state: outputs };
            },
        });
        this.prefix = `urn:pulumi:${stack}::${project}::`;
    }

    override async registerResource(request: RegisterRequest, callback: Callback): Promise<void> {
        this.parent = this.urns.get(request.getParent()); // super calls newResource before it first awaits
        const registered = this.registrations.length;
        await super.registerResource(request, (error: unknown, response: { getUrn(): string } | undefined) => {
            const urn = this.registrations[registered]?.urn;
            if (response !== undefined && urn !== undefined) this.urns.set(response.getUrn(), urn);
            callback(error, response);
        });
    }

    override registerResourceOutputs(request: OutputsRequest, callback: Callback): void {
        const urn = this.urns.get(request.getUrn());
        const registration = this.registrations.find((candidate) => candidate.urn === urn);
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

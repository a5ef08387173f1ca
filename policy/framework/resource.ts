import type { Fields } from "./fields.ts";

/** A resource as a rule sees it. */
export interface Resource {
    readonly urn: string;
    /** Such as `aws:sagemaker/model:Model`. */
    readonly type: string;
    /** The logical name. */
    readonly name: string;
    /** Resource rules: its inputs. Stack rules: its outputs, which hold the inputs too. */
    readonly properties: Fields;
    /** The AWS region it is in. @default - not known */
    readonly region?: string | undefined;
    /** Whether the engine would refuse to delete it. @default - not recorded */
    readonly isProtected?: boolean | undefined;
    /** Stack rules, in the engine: URNs of what a property was computed from, by property. @default - not recorded */
    readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

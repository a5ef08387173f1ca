/** How the model of a stack is registered: as a version of a model package group, all its containers together. */
export interface RegistrySettings {
    /** Name of the model package group, which other stacks name it by. @default - the project's and the stack's name */
    readonly group?: string;
    /** What the version is, for who approves it; up to 1,024 characters. @default - none */
    readonly description?: string;
    /** The status that a new version begins with; `approved` leaves out the person who approves. @default "pending" */
    readonly approval?: Approval;
    /** Names and text that the version carries, such as a commit or a data set; up to 50. @default - none */
    readonly metadata?: Readonly<Record<string, string>>;
    /** Figures of the model's quality, a JSON file. @default - none */
    readonly metrics?: Metrics;
    /** Media types that the first container takes. @default - contentTypes of the first step */
    readonly contentTypes?: readonly string[];
    /** Media types that the last container answers. @default - responseType of the last step */
    readonly responseTypes?: readonly string[];
    /** Instance types that the version may run on. @default - those of the stack's endpoint and transform, or ml.m5.large */
    readonly instanceTypes?: readonly string[];
    /** Ids of other accounts that may deploy the versions. @default - none */
    readonly accounts?: readonly string[];
}

export type Approval = "pending" | "approved";

/** `path`: a file of this machine, uploaded by content. `uri`: an object that is in S3 already. */
export type Metrics = { readonly path: string } | { readonly uri: string };

/** With the group's name settled. */
export interface NamedRegistry extends RegistrySettings {
    readonly group: string;
}

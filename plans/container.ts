import type { Input } from "@pulumi/pulumi";
import { type ModelData, modelDataFields } from "./model-data.ts";
import type { MultiModel } from "./step.ts";

/** One container of a model, its image and model data located. */
export interface LocatedContainer {
    readonly hostname: string;
    readonly source: { readonly image: Input<string> } | { readonly modelPackage: Input<string> };
    readonly modelData: ModelData | undefined;
    /** @default - one model */
    readonly multiModel: MultiModel | undefined;
    readonly environment: Readonly<Record<string, string>>;
}

/** What CreateModel takes for one container. */
export const planContainer = ({ hostname, source, modelData, multiModel, environment }: LocatedContainer) => ({
    containerHostname: hostname,
    ...("image" in source ? { image: source.image } : { modelPackageName: source.modelPackage }),
    ...(modelData === undefined ? {} : modelDataFields(modelData)),
    ...(multiModel === undefined
        ? {}
        : {
              mode: "MultiModel",
              multiModelConfig: { modelCacheSetting: multiModel.cache === "disabled" ? "Disabled" : "Enabled" },
          }),
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
});

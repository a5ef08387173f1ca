import type { Fields } from "../../framework/fields.ts";

/** The variants of an endpoint configuration, those that answer and those that only listen. */
export const variantsOf = (configuration: Fields): Fields[] => [
    ...configuration.blocks("productionVariants"),
    ...configuration.blocks("shadowProductionVariants"),
];

/** Whether a variant has no instances of its own. */
export const isServerless = (variant: Fields): boolean => variant.has("serverlessConfig");

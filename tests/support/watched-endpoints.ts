import fc from "fast-check";
import type { WatchedEndpoint } from "../../plans/watched-endpoint.ts";

/** With cores and GPUs whose number is known, or not. */
const instances = [
    { cores: 2, gpus: 0 },
    { cores: 8, gpus: 1 },
    { cores: 48, gpus: 4 },
    { cores: undefined, gpus: undefined },
];

const name = fc.stringMatching(/^[a-z0-9](-?[a-z0-9]){0,20}$/);

/** Endpoints as SageMaker can have them: up to 10 variants, up to 15 containers, many models, every kind and mode. */
export const watchedEndpoints: fc.Arbitrary<WatchedEndpoint> = fc
    .record({
        name,
        kind: fc.constantFrom("real-time", "asynchronous", "serverless"),
        mode: fc.constantFrom("serial", "direct"),
        variants: fc.uniqueArray(fc.record({ name, weight: fc.nat(3), instance: fc.constantFrom(...instances) }), {
            minLength: 1,
            maxLength: 10,
            selector: (variant) => variant.name,
        }),
        containers: fc.uniqueArray(name, { minLength: 1, maxLength: 15 }),
        multiModel: fc.boolean(),
    })
    .map(({ variants, ...endpoint }) => ({
        ...endpoint,
        variants: variants.map(({ instance, ...variant }) => ({ ...variant, ...instance })),
    }));

/** An endpoint with one variant on one kind of instance. */
export const watched = (different: Partial<WatchedEndpoint> = {}): WatchedEndpoint => ({
    name: "demo",
    kind: "real-time",
    mode: "serial",
    variants: [{ name: "main", weight: 1, cores: 2, gpus: 0 }],
    containers: ["predict"],
    multiModel: false,
    ...different,
});

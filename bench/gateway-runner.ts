import { createGateway } from "../local/gateway/gateway.ts";
import { serveApart } from "./apart.ts";

/** The path under which runners pass a request through the first `count` containers. */
export const linePath = (count: number): string => `/endpoints/line-${count}/invocations`;

if (process.argv[1] === import.meta.filename) {
    const origins = process.argv.slice(2);
    const endpoints = origins.map((_, index) => {
        const containers = origins.slice(0, index + 1).map((origin, position) => {
            return { hostname: `container-${position + 1}`, origin, unavailable: undefined };
        });
        const variants = [{ name: "main", weight: 1, mode: "Serial" as const, containers }];
        return { name: `line-${index + 1}`, variants };
    });
    const limits = { responseMs: 600_000 }; // many clients of a model that takes seconds wait longer than SageMaker lets them
    serveApart([await createGateway({ endpoints, limits }).listen(0)]);
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** What DescribeEndpoint answers for an endpoint. */
export interface Described {
    readonly EndpointStatus: string;
    readonly EndpointConfigName: string;
    readonly FailureReason?: string;
}

/** Serves DescribeEndpoint as SageMaker does, AWS JSON 1.1 over HTTP, for the endpoints there are when it is asked. */
export async function controlPlane(endpoints: () => Readonly<Record<string, Described>>) {
    const server = createServer((request, response) => {
        void json(request).then((body) => {
            const { EndpointName: name } = body as { readonly EndpointName: string };
            const found = endpoints()[name];
            const isKnown = request.headers["x-amz-target"] === "SageMaker.DescribeEndpoint" && found !== undefined;
            response.writeHead(isKnown ? 200 : 400, { "Content-Type": "application/x-amz-json-1.1" });
            response.end(
                JSON.stringify(
                    isKnown
                        ? { EndpointName: name, ...found }
                        : { __type: "ValidationException", message: `Could not find endpoint "${name}".` },
                ),
            );
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop: () => {
            server.closeAllConnections();
            server.close();
        },
    };
}

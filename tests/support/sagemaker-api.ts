import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Fields = Readonly<Record<string, unknown>>;

/** An operation of SageMaker's API: its input → its output, or an error by its code. */
export type Answer = (
    operation: string,
    input: Fields,
) => Fields | { readonly error: string; readonly message: string };

/** SageMaker's API as a test wants it to answer, for clients that AWS_ENDPOINT_URL_SAGEMAKER points there. */
export async function sageMakerApi(answer: Answer): Promise<{ readonly url: string; close(): void }> {
    const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            const operation = String(request.headers["x-amz-target"]).replace("SageMaker.", "");
            const output = answer(operation, JSON.parse(Buffer.concat(chunks).toString()) as Fields);
            response.setHeader("Content-Type", "application/x-amz-json-1.1");
            if ("error" in output) {
                response.writeHead(400);
                response.end(JSON.stringify({ __type: output["error"], message: output["message"] }));
            } else response.end(JSON.stringify(output));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
            server.close();
            server.closeAllConnections();
        },
    };
}

/** What a client needs to ask it. */
export const clientEnvironment = (url: string): Record<string, string> => ({
    AWS_ENDPOINT_URL_SAGEMAKER: url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
});

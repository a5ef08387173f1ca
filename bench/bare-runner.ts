import { Pool } from "undici";
import { serveApart, serveHttp } from "./apart.ts";

const headers = { "Content-Type": "application/octet-stream" };

const joined = (chunks: readonly Buffer[]): Buffer => {
    const [first] = chunks;
    return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
};

/** Posts the body to one container and reads its whole response. */
function hop(pool: Pool, body: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        pool.dispatch(
            { method: "POST", path: "/invocations", headers, body },
            {
                onRequestStart: () => undefined,
                onResponseData: (_controller, chunk) => {
                    chunks.push(chunk);
                },
                onResponseEnd: () => {
                    resolve(joined(chunks));
                },
                onResponseError: (_controller, error) => {
                    reject(error);
                },
            },
        );
    });
}

/**
 * What chaining containers takes at the least: the response of each is the request of the next, over connections that are kept
 * alive, and nothing is checked, limited, timed or counted. undici's `dispatch` with a handler that collects the bytes does that
 * faster than undici's `request` and than `node:http`.
 */
export async function chain(pools: readonly Pool[], body: Buffer): Promise<Buffer> {
    let last = body;
    for (const pool of pools) last = await hop(pool, last);
    return last;
}

if (process.argv[1] === import.meta.filename) {
    const pools = process.argv.slice(2).map((origin) => new Pool(origin));
    const url = await serveHttp((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            const count = Number(/^\/endpoints\/line-(\d+)\//.exec(request.url ?? "")?.[1]);
            void chain(pools.slice(0, count), joined(chunks)).then((body) => {
                response.writeHead(200, { ...headers, "Content-Length": body.length });
                response.end(body);
            });
        });
    });
    serveApart([url]);
}

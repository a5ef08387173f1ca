import { serveApart, serveHttp } from "./apart.ts";

/** As many containers as the argument says, in one process, each on a port of its own: they read a request and answer its bytes. */
const count = Number(process.argv[2]);
const containers = Array.from({ length: count }, () =>
    serveHttp((request, response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        request.on("data", (chunk: Buffer) => {
            chunks.push(chunk);
            length += chunk.length;
        });
        request.on("end", () => {
            response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": length });
            for (const chunk of chunks) response.write(chunk);
            response.end();
        });
    }),
);
serveApart(await Promise.all(containers));

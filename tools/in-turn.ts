import { Writable } from "node:stream";

/**
 * Returns what makes streams that may be written to at the same time, and whose contents are shown one after another, in the order in
 * which they were made: the first as it comes, each other once those before it have ended.
 */
export function inTurn(shown: NodeJS.WritableStream): () => Writable {
    const held: Buffer[][] = [];
    const ended = new Set<number>();
    let turn = 0;
    return () => {
        const own: Buffer[] = [];
        const index = held.push(own) - 1;
        return new Writable({
            write(chunk: Buffer, _encoding, done) {
                if (index === turn) shown.write(chunk);
                else own.push(chunk);
                done();
            },
            final(done) {
                ended.add(index);
                while (ended.has(turn)) for (const chunk of held[++turn]?.splice(0) ?? []) shown.write(chunk);
                done();
            },
        });
    };
}

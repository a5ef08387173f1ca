/**
 * Pieces of a payload as they arrive, up to a limit.
 *
 * Where the length is known, pieces are copied into the payload at once rather than kept and joined at the end: half of the memory
 * in use, which at 1 MB for each of several containers is what the garbage collector runs for.
 */
export class Chunks {
    private readonly limit: number;
    private expected = 0;
    private joined: Buffer | undefined;
    private pieces: Buffer[] = [];
    private size = 0;

    constructor(limit: number) {
        this.limit = limit;
    }

    /** Takes the Content-Length, to which HTTP holds the payload that follows. */
    expect(contentLength: string | undefined): void {
        const length = Number(contentLength ?? 0);
        if (length <= this.limit) this.expected = length;
    }

    /** Whether the piece still fits. Once one does not, what was kept is of no use and let go. */
    add(piece: Buffer): boolean {
        const start = this.size;
        this.size += piece.length;
        if (this.size > this.limit) {
            this.joined = undefined;
            this.pieces = [];
            return false;
        }
        if (start === 0 && piece.length < this.expected) this.joined = Buffer.allocUnsafe(this.expected);
        if (this.joined === undefined) this.pieces.push(piece);
        else piece.copy(this.joined, start);
        return true;
    }

    /** The payload, once it is complete; a single piece is not copied. */
    whole(): Buffer {
        if (this.joined !== undefined) return this.joined;
        const [first] = this.pieces;
        return this.pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.pieces, this.size);
    }
}

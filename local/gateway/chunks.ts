/** Pieces of a payload as they arrive, up to a limit. */
export class Chunks {
    private readonly limit: number;
    private readonly pieces: Buffer[] = [];
    private size = 0;

    constructor(limit: number) {
        this.limit = limit;
    }

    /** Whether the piece still fits. Once one does not, what was kept is of no use and let go. */
    add(piece: Buffer): boolean {
        this.size += piece.length;
        if (this.size <= this.limit) {
            this.pieces.push(piece);
            return true;
        }
        this.pieces.length = 0;
        return false;
    }

    /** The payload; a single piece is not copied. */
    whole(): Buffer {
        const [first] = this.pieces;
        return this.pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.pieces, this.size);
    }
}

/** A set of line numbers that takes a bit a line, however they come. */
export class LineSet {
    size = 0;
    private bits = new Uint8Array(128);

    has(line: number): boolean {
        return ((this.bits[line >> 3] ?? 0) & (1 << (line & 7))) !== 0;
    }

    add(line: number): void {
        if (this.has(line)) return;
        const byte = line >> 3;
        if (byte >= this.bits.length) {
            const grown = new Uint8Array(Math.max(byte + 1, this.bits.length * 2));
            grown.set(this.bits);
            this.bits = grown;
        }
        this.bits[byte] = (this.bits[byte] ?? 0) | (1 << (line & 7));
        this.size++;
    }
}

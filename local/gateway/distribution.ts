/** Each bucket reaches 1 % further than the one before, from 1 up. */
const STEP = Math.log(1.01);

/** The last bucket holds all that is over it: 12 minutes, where values are microseconds. */
const BUCKETS = 2048;

/**
 * Counts values in buckets, so that a quantile is at most 1 % over the true one.
 *
 * Takes some 20 ns for a value. The sketch that prom-client keeps for a summary, a tree in which values find their nearest
 * neighbour, took 12 µs for each container of a pipeline, as much as a tenth of a bare HTTP exchange.
 */
export class Distribution {
    count = 0;
    sum = 0;
    private max = 0;
    private readonly buckets = new Uint32Array(BUCKETS);

    /** Adds a value that is not negative. */
    add(value: number): void {
        this.count++;
        this.sum += value;
        if (value > this.max) this.max = value;
        const index = value > 1 ? Math.min(Math.ceil(Math.log(value) / STEP), BUCKETS - 1) : 0;
        this.buckets[index] = (this.buckets[index] ?? 0) + 1;
    }

    /** The least value that a share `q` of all values does not exceed, `q` from 0 to 1; 0 where there are none. */
    quantile(q: number): number {
        let left = Math.max(1, Math.ceil(this.count * q));
        const index = this.buckets.findIndex((count) => (left -= count) <= 0);
        return index < 0 ? 0 : Math.min(Math.exp(index * STEP), this.max);
    }
}

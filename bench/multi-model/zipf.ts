/** Returns a function that draws numbers from 0 up to 1, the same ones in each run. */
export function random(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        return state / 2 ** 31;
    };
}

/** Which of `count` models each request names, by its rank from 0 on: the first is asked for r times as often as the r-th. */
export function zipf(count: number, requests: number): number[] {
    const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const draw = random(7);
    return Array.from({ length: requests }, () => {
        let left = draw() * sum;
        const rank = weights.findIndex((weight) => (left -= weight) < 0);
        return Math.max(0, rank); // rounding may leave nothing below 0
    });
}

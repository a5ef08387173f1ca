/** The value below which a share of the values lies, `q` from 0 to 1. */
export const quantile = (values: readonly number[], q: number): number =>
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A straight line through points. */
export interface Line {
    readonly slope: number;
    readonly intercept: number;
    /** Share of the points' variance that the line explains. */
    readonly r2: number;
    /** How far the farthest point lies off the line, as a share of the line's value there. */
    readonly farthest: number;
}

/** The line with the least squares of distances. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): Line {
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
    const squares = mean(points.map(([x]) => (x - meanX) ** 2));
    const slope = mean(points.map(([x, y]) => (x - meanX) * (y - meanY))) / squares;
    const at = (x: number): number => meanY + slope * (x - meanX);
    const left = mean(points.map(([x, y]) => (y - at(x)) ** 2));
    return {
        slope,
        intercept: at(0),
        r2: 1 - left / mean(points.map(([, y]) => (y - meanY) ** 2)),
        farthest: Math.max(...points.map(([x, y]) => Math.abs(y / at(x) - 1))),
    };
}

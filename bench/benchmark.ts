/** One line of a result: what was measured, and its figures. */
export type Row = Readonly<Record<string, string | number>>;

/** Columns of a result, drawn as bars in groups; on a logarithmic axis as points. */
export interface Plot {
    readonly title: string;
    /** Columns whose values, joined, name a group of bars. */
    readonly groups: readonly string[];
    /** Columns that are drawn, one bar each; or one column with a bar for each value of `bars`. */
    readonly values: readonly string[];
    /** Column whose values tell the bars of a group apart. @default - the names of `values` */
    readonly bars?: string;
    /** What the values are, with their unit. */
    readonly axis: string;
    /** What is drawn. @default - the result's rows */
    readonly rows?: readonly Row[];
    /** @default false */
    readonly logarithmic?: boolean;
}

/** What a benchmark found. */
export interface BenchmarkResult {
    readonly name: string;
    readonly rows: readonly Row[];
    /** Ours over theirs, column by column. @default - the rows have their own column for it */
    readonly ratios?: readonly Row[];
    /** Further tables, by what they are about. @default - none */
    readonly tables?: Readonly<Record<string, readonly Row[]>>;
    /** How it was measured, and what to know when reading it. */
    readonly notes: readonly string[];
    readonly plots: readonly Plot[];
}

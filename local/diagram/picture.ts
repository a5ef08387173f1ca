/** What a box stands for; decides on its colour. */
export type Kind = "caller" | "serving" | "storage" | "watching" | "workflow" | "guard";

/** One thing of an architecture. */
export interface Box {
    readonly id: string;
    readonly title: string;
    /** What is to be known of it, in small print. */
    readonly lines: readonly string[];
    readonly kind: Kind;
}

/** Boxes that belong together. */
export interface Frame {
    /** Empty: they are drawn without a frame. */
    readonly title: string;
    readonly boxes: readonly Box[];
}

/** From what moves to where it goes, or from who acts to what is acted on. */
export interface Arrow {
    readonly from: string;
    readonly to: string;
    readonly label?: string;
    /** Requests are drawn solid, all else dashed. */
    readonly carries: "requests" | "other";
}

/** An architecture. Arrows may name boxes that are not there: they are not drawn. */
export interface Picture {
    readonly frames: readonly Frame[];
    readonly arrows: readonly Arrow[];
}

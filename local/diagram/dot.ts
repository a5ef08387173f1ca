import type { Arrow, Box, Frame, Kind, Picture } from "./picture.ts";

/** Fill and line of each kind of box: dark text on all of them keeps a contrast of 7:1 at least. */
const COLOURS: Readonly<Record<Kind, readonly [fill: string, line: string]>> = {
    caller: ["#f4f4f5", "#71717a"],
    serving: ["#e0f2fe", "#0369a1"],
    storage: ["#dcfce7", "#15803d"],
    watching: ["#fce7f3", "#be185d"],
    workflow: ["#ede9fe", "#6d28d9"],
    guard: ["#fef3c7", "#b45309"],
};

const FONT = "Helvetica,Arial,sans-serif";

/** Size of text that room is left for: more than it is drawn in, since browsers without these fonts take wider ones. */
export const LAYOUT_POINTS = 13;

const quote = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

function box({ id, title, lines, kind }: Box): string {
    const [fill, line] = COLOURS[kind];
    const label = [title, ...lines].map(quote).join("\\n").replaceAll('"\\n"', "\\n");
    return `${quote(id)} [label=${label}, fillcolor="${fill}", color="${line}"]`;
}

/** A frame without a title is none. */
const frame = ({ title, boxes }: Frame, index: number): string =>
    title === ""
        ? boxes.map(box).join("\n")
        : [`subgraph cluster_${index} {`, `label=${quote(title)}`, "margin=12", ...boxes.map(box), "}"].join("\n");

const arrow = ({ from, to, label, carries }: Arrow): string =>
    `${quote(from)} -> ${quote(to)} [${label === undefined ? "" : `label=${quote(` ${label} `)}, `}${carries === "requests" ? "style=solid, weight=4" : "style=dashed"}]`;

/** The picture in Graphviz's language. */
export function dot({ frames, arrows }: Picture): string {
    const shown = frames.filter(({ boxes }) => boxes.length > 0);
    const drawn = new Set(shown.flatMap(({ boxes }) => boxes.map(({ id }) => id)));
    return [
        "digraph {",
        `graph [rankdir=LR, fontname="${FONT}", fontsize=${LAYOUT_POINTS}, bgcolor=white, nodesep=0.25, ranksep=0.6, labeljust=l, style="rounded", color="#a1a1aa"]`,
        `node [shape=box, style="rounded,filled", fontname="${FONT}", fontsize=${LAYOUT_POINTS}, margin="0.12,0.08"]`,
        `edge [fontname="${FONT}", fontsize=10, color="#3f3f46", arrowsize=0.7]`,
        ...shown.map(frame),
        ...arrows.filter(({ from, to }) => drawn.has(from) && drawn.has(to)).map(arrow),
        "}",
        "",
    ].join("\n");
}

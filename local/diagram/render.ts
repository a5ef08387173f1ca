import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { LAYOUT_POINTS } from "./dot.ts";

/** Sizes that text is drawn in: of titles, and of the lines below them. */
const TITLE_POINTS = 12;
const LINE_POINTS = 10;

const LAID_OUT = `font-size="${LAYOUT_POINTS}.00"`;

/** The first text of a box is its title. */
const emphasize = (box: string): string =>
    box
        .replace(LAID_OUT, `font-weight="bold" font-size="${TITLE_POINTS}"`)
        .replaceAll(LAID_OUT, `font-size="${LINE_POINTS}"`);

/** Draws Graphviz's language as SVG; the same text gives the same picture, on every machine. */
export async function render(dot: string): Promise<string> {
    const graphviz = await Graphviz.load();
    const svg = graphviz.layout(dot, "svg", "dot");
    return svg
        .slice(svg.indexOf("<svg")) // without the document type and the version's comment
        .replaceAll(/<g id="node\d+" class="node">.*?<\/g>/gs, emphasize)
        .replaceAll(LAID_OUT, `font-size="${TITLE_POINTS}"`);
}

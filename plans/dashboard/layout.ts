import { DASHBOARD_LIMITS, type PlacedWidget, type Widget } from "./widget.ts";

/** Places widgets from left to right, as many side by side as there are columns for, each row below the highest widget of the one before. */
export function layOut(widgets: readonly Widget[]): PlacedWidget[] {
    let [x, y, rowHeight] = [0, 0, 0];
    return widgets.map((widget) => {
        if (x + widget.width > DASHBOARD_LIMITS.columns) {
            [x, y, rowHeight] = [0, y + rowHeight, 0];
        }
        const placed = { ...widget, x, y };
        x += widget.width;
        rowHeight = Math.max(rowHeight, widget.height);
        return placed;
    });
}

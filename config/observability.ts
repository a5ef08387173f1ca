import { z } from "zod";
import { object, optional, text } from "./fields.ts";

/** A part of the stack that is off unless it is asked for: with its defaults, or with settings of its own. */
function switched<Shape extends z.ZodRawShape>(shape: Shape) {
    return z.union([z.boolean(), object(shape)], { error: `${Object.keys(shape).join(", ")}; or true, false` });
}

/** Keys by which a stack watches its endpoint. */
export const observability = {
    dashboard: optional(
        switched({
            notes: optional(text("Markdown"), "Markdown on top, such as links to a runbook."),
        }),
        "A CloudWatch dashboard made for what the endpoint hosts. Default false.",
    ),
};

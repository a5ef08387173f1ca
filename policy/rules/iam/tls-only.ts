import type { Fields } from "../../framework/fields.ts";
import { isForAll } from "./principals.ts";

/** Whether a statement denies everybody a service's actions without TLS: all of them, or the one that matters. */
export function deniesWithoutTls(statement: Fields, service: string, action = "*"): boolean {
    const enough = ["*", `${service}:*`, `${service}:${action}`.toLowerCase()];
    const secure = statement.block("Condition")?.block("Bool");
    const key = secure?.keys().find((one) => one.toLowerCase() === "aws:securetransport");
    return (
        statement.text("Effect") === "Deny" &&
        isForAll(statement) &&
        statement.texts("Action").some((one) => enough.includes(one.toLowerCase())) &&
        key !== undefined &&
        (secure?.flag(key) === false || (secure?.texts(key).join() ?? "").toLowerCase() === "false")
    );
}

import { each } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import type { Result } from "../../framework/result.ts";
import { isLimitedBy } from "./conditions.ts";
import { principalsOf } from "./principals.ts";

/** What a service says of the one in whose name it acts; a key of KMS knows it of a log group by what it encrypts. */
const LIMITS = [
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "kms:encryptioncontext:",
];

/** Statements that allow something to a service, whoever it acts for. */
export const unlimitedServices = (statements: readonly Fields[], except: readonly string[]): Result[] =>
    each(statements, (statement) => {
        const services = principalsOf(statement)
            .filter(({ kind, value }) => kind === "Service" && value !== "*" && !except.includes(value))
            .map(({ value }) => value);
        if (services.length === 0 || isLimitedBy(statement, LIMITS)) return [];
        return [
            statement.problem(
                "Condition",
                `does not say for whom ${services.join(", ")} acts; accepted: aws:SourceAccount or aws:SourceArn that equals one's own`,
            ),
        ];
    });

import type { Input } from "@pulumi/pulumi";

/** One statement of an IAM policy document, with the document's own key names. */
export interface Statement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: "*" | Readonly<Record<string, Input<string> | readonly Input<string>[]>>;
    readonly Action: string | readonly string[];
    readonly Resource?: Input<string> | readonly Input<string>[] | Input<readonly string[]>;
    readonly Condition?: Readonly<
        Record<string, Readonly<Record<string, Input<string> | readonly Input<string>[] | Input<readonly string[]>>>>
    >;
}

/** A policy document of these statements, to be turned into JSON once its inputs are known. */
export const policyDocument = (statements: readonly Statement[]) => ({ Version: "2012-10-17", Statement: statements });

import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** Who may take a role: one of AWS's services, acting for this account. */
export const serviceTrust = (sid: string, service: string, account: Input<string>): Statement[] => [
    {
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
];

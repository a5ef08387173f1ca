import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** ARNs of where an endpoint's captured data goes. */
interface CaptureAccess {
    /** The bucket's, `/` and `prefix/*`. */
    readonly objects: Input<string>;
    /** The key's that encrypts them. @default - none of the account's own */
    readonly key?: Input<string>;
}

/** What an execution role needs to write captured data. Decrypt, since large objects are written in parts. */
export const captureStatements = ({ objects, key }: CaptureAccess): Statement[] => [
    { Sid: "DataCapture", Effect: "Allow", Action: "s3:PutObject", Resource: objects },
    ...(key === undefined
        ? []
        : ([
              {
                  Sid: "DataCaptureKey",
                  Effect: "Allow",
                  Action: ["kms:GenerateDataKey", "kms:Decrypt"],
                  Resource: key,
              },
          ] satisfies Statement[])),
];

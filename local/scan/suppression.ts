/** A failure of Checkov's that is let be. */
export interface Suppression {
    /** Checkov's id, such as `CKV_AWS_98`. */
    readonly check: string;
    /** Address in the plan, such as `aws_s3_bucket.*`, in which * stands for any text. */
    readonly resource: string;
    /** Stacks that it is for; in each of them something must fail. @default - all, in one of which something must */
    readonly stacks?: readonly string[];
    /** Why it is right as it is, for somebody who reviews the stack. */
    readonly reason: string;
}

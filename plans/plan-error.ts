/** Everything that keeps a plan from being carried out, thrown before anything is registered. */
export class PlanError extends Error {
    /** Makes the Pulumi engine print the message without a stack trace, as for `pulumi.RunError`. */
    readonly __pulumiRunError = true;
    readonly problems: readonly string[];

    /** @param subject what cannot be planned, such as `model "digits"` or `Pulumi.dev.yaml` */
    constructor(subject: string, problems: readonly string[]) {
        const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
        super([`${subject} has ${count}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
        this.name = "PlanError";
        this.problems = problems;
    }
}

/** Throws a {@link PlanError} where there are problems. */
export function refuse(subject: string, problems: readonly string[]): void {
    if (problems.length > 0) throw new PlanError(subject, problems);
}

import { NotKnownYet } from "./not-known.ts";
import type { Resource } from "./resource.ts";
import type { Result } from "./result.ts";

/** Checks items one by one, so that what is not known of one does not hide what is wrong with another. */
export function each<T>(items: readonly T[], check: (item: T, index: number) => readonly Result[]): Result[] {
    return items.flatMap((item, index) => attempt(() => check(item, index)));
}

/** The same for resources in a stack rule: each is blamed for its own violations, unless they name another. */
export function eachResource(
    resources: readonly Resource[],
    check: (resource: Resource) => readonly Result[],
): Result[] {
    return resources.flatMap((resource) => attempt(() => check(resource)).map((result) => ({ resource, ...result })));
}

/** Runs a check; where it reads what is not known yet, the answer is just that. */
export function attempt(check: () => readonly Result[]): readonly Result[] {
    try {
        return check();
    } catch (error) {
        if (error instanceof NotKnownYet) return [{ notKnown: error.path }];
        throw error;
    }
}

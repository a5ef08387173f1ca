import type { Operation } from "../../tools/deployment.ts";

/** `op type name` of the providers' resources, in order. */
export const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type, name }) => `${op} ${type} ${name}`);

/** What takes something from a fleet: a deletion of what it uses, or of the right to. */
const TAKES_AWAY = /^(delete|update (\w*Policy|VpcEndpoint|Role|SecurityGroup\w*) )/;

/**
 * The steps of an update that callers could notice: all that is done to the endpoint other than to move it in place, and what is taken
 * from its old fleet before it has moved. Models and configurations that go before it, which AWS would refuse, are among the latter.
 * @param done what {@link steps} gives of an update that moves the endpoint
 */
export function interruptions(done: readonly string[]): string[] {
    const ofEndpoint = done.filter((step) => step.includes(" Endpoint "));
    const moved = done.findIndex((step) => step.startsWith("update Endpoint "));
    if (moved < 0 || ofEndpoint.length > 1) return ofEndpoint.length > 0 ? ofEndpoint : ["the endpoint is not moved"];
    return done.slice(0, moved).filter((step) => TAKES_AWAY.test(step));
}

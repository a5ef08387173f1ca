import type { Resource } from "../../framework/resource.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";
import { ENDPOINT } from "../sagemaker/types.ts";

/** Names of the alarms by which an endpoint's deployments are rolled back: SageMaker looks at them, and they tell nobody. */
export const rollbackAlarms = ({ properties: endpoint }: Resource): string[] =>
    (endpoint.block("deploymentConfig")?.block("autoRollbackConfiguration")?.blocks("alarms") ?? []).flatMap(
        (alarm) => alarm.text("alarmName") ?? [],
    );

/** Those of all endpoints. */
export const allRollbackAlarms = (stack: StackGraph): string[] => stack.ofType(ENDPOINT).flatMap(rollbackAlarms);

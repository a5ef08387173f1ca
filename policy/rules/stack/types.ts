/** Resources around an endpoint that rules of a stack look at. */
export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const SCALING_POLICY = "aws:appautoscaling/policy:Policy";
export const SCHEDULED_ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction";
export const BUDGET = "aws:budgets/budget:Budget";

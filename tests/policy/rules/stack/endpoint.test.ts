import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { alarmActions } from "../../../../policy/rules/stack/alarm-actions.ts";
import { endpointAlarms } from "../../../../policy/rules/stack/endpoint-alarms.ts";
import { endpointConfigurationUsed } from "../../../../policy/rules/stack/endpoint-configuration-used.ts";
import { endpointLogGroup } from "../../../../policy/rules/stack/endpoint-log-group.ts";
import { scalingPolicy } from "../../../../policy/rules/stack/scaling-policy.ts";
import { variantScaling } from "../../../../policy/rules/stack/variant-scaling.ts";
import { describeRule } from "../../describe-rule.ts";
import type { Given } from "../../judged.ts";
import { configuration, endpoint, scalableTarget, variants } from "../sagemaker/given.ts";

const alarm = (properties: object): Given => ({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name: "errors",
    properties: { name: "errors-1", alarmActions: ["topic"], ...properties },
});
const OF = { EndpointName: "api", VariantName: "main" };
const onErrors = { metricName: "Invocation5XXErrors", dimensions: OF };
const rollback = endpoint({
    deploymentConfig: { autoRollbackConfiguration: { alarms: [{ alarmName: "errors-1" }] } },
});

const unwatched =
    "no alarm watches Invocation5XXErrors, InvocationModelErrors, InvocationsFailed of endpoint api; accepted: one that does at any time";
describeRule(endpointAlarms, {
    passes: {
        "an alarm on 5xx": [endpoint(), alarm(onErrors)],
        "an expression over failures": [
            endpoint(),
            alarm({
                metricQueries: [
                    { id: "share", expression: "b / a" },
                    { id: "b", metric: { metricName: "InvocationModelErrors", dimensions: OF } },
                ],
            }),
        ],
        "a stack without endpoints": [],
    },
    fails: {
        none: [[endpoint()], unwatched],
        "an alarm on latency": [[endpoint(), alarm({ metricName: "ModelLatency", dimensions: OF })], unwatched],
        "an alarm of another endpoint": [
            [endpoint(), alarm({ ...onErrors, dimensions: { EndpointName: "other" } })],
            unwatched,
        ],
        "an alarm that rolls deployments back": [[rollback, alarm(onErrors)], unwatched],
    },
    waits: {
        "an alarm whose endpoint is not known": [
            [endpoint(), alarm({ ...onErrors, dimensions: { EndpointName: NOT_KNOWN } })],
            "endpoint: dimensions.EndpointName",
        ],
    },
});

const composite = (properties: object): Given => ({
    type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    name: "page",
    properties: { alarmName: "page", alarmActions: ["topic"], ...properties },
});
const silent = "alarmActions is empty, and nothing looks at the alarm; accepted: ARNs of topics";
describeRule(alarmActions, {
    passes: {
        "one that tells a topic": [alarm({})],
        "one that another is made of": [alarm({ alarmActions: [] }), composite({ alarmRule: 'ALARM("errors-1")' })],
        "one that another is made of, without quotes": [
            alarm({ alarmActions: [] }),
            composite({ alarmRule: "NOT OK( errors-1 ) AND ALARM(other)" }),
        ],
        "one that another is made of, by its ARN": [
            alarm({ alarmActions: [], arn: "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors-1" }),
            composite({ alarmRule: "ALARM(arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors-1)" }),
        ],
        "one by which deployments are rolled back": [alarm({ alarmActions: [] }), rollback],
    },
    fails: {
        "one that tells nobody": [[alarm({ alarmActions: [] })], silent],
        "one that tells when all is well": [[alarm({ alarmActions: [], okActions: ["topic"] })], silent],
        "one of which another has the beginning": [
            [alarm({ alarmActions: [] }), composite({ alarmRule: 'ALARM("errors-12")' })],
            silent,
        ],
        "one over others": [[composite({ alarmActions: [], alarmRule: "" })], silent],
        "one that is switched off": [[alarm({ actionsEnabled: false })], "actionsEnabled is false; accepted: true"],
    },
    waits: {
        "actions that are not known": [[alarm({ alarmActions: NOT_KNOWN })], "errors: alarmActions"],
        "a rule that is not known": [
            [alarm({ alarmActions: [] }), composite({ alarmRule: NOT_KNOWN })],
            "errors: alarmRule",
        ],
    },
});

const group = (name: unknown): Given => ({
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "logs",
    properties: { name },
});
const ungrouped = "no log group is called /aws/sagemaker/Endpoints/api; accepted: one";
describeRule(endpointLogGroup, {
    passes: { "its group": [endpoint(), group("/aws/sagemaker/Endpoints/api")] },
    fails: {
        none: [[endpoint()], ungrouped],
        "another's": [[endpoint(), group("/aws/sagemaker/Endpoints/apis")], ungrouped],
    },
    waits: { "a name that is not known": [[endpoint(), group(NOT_KNOWN)], "endpoint: name"] },
});

const live = (...each: readonly object[]) => [endpoint(), configuration(variants(...each.map((one) => ({ ...one }))))];
const scaled = scalableTarget({ resourceId: "endpoint/api/variant/v0" });
describeRule(variantScaling, {
    passes: {
        "a variant that is scaled": [...live({}), scaled],
        "one without instances": live({ serverlessConfig: { memorySizeInMb: 1024, maxConcurrency: 1 } }),
        "an endpoint on a configuration from elsewhere": [endpoint({ endpointConfigName: "elsewhere" })],
    },
    fails: {
        "one of two": [
            [...live({}, {}), scaled],
            "nothing scales endpoint/api/variant/v1; accepted: a scalable target of that resourceId",
        ],
    },
    waits: {
        "a target that is not known": [
            [...live({}), scalableTarget({ resourceId: NOT_KNOWN })],
            "endpoint: resourceId",
        ],
    },
});

const moving = (resourceId: unknown, kind = "policy:Policy"): Given => ({
    type: `aws:appautoscaling/${kind}`,
    name: "moving",
    properties: { resourceId },
});
describeRule(scalingPolicy, {
    passes: {
        "a policy": [endpoint(), scaled, moving("endpoint/api/variant/v0")],
        "a schedule": [endpoint(), scaled, moving("endpoint/api/variant/v0", "scheduledAction:ScheduledAction")],
        "a target of another service": [
            scalableTarget({ serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" }),
        ],
    },
    fails: {
        neither: [
            [endpoint(), scaled, moving("endpoint/api/variant/v1")],
            "resourceId is endpoint/api/variant/v0, which no policy and no schedule names; accepted: one that does",
        ],
    },
    waits: { "a policy whose target is not known": [[endpoint(), scaled, moving(NOT_KNOWN)], "target: resourceId"] },
});

describeRule(endpointConfigurationUsed, {
    passes: { "one that an endpoint is on": live({}) },
    fails: {
        "one that none is on": [
            [endpoint({ endpointConfigName: "other" }), configuration({})],
            "no endpoint is on the configuration; accepted: one",
        ],
    },
    waits: {
        "an endpoint whose configuration is not known": [
            [endpoint({ endpointConfigName: NOT_KNOWN }), configuration({ name: NOT_KNOWN })],
            "configuration: endpointConfigName",
        ],
    },
});

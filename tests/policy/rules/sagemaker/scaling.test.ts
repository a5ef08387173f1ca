import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { scalingMinimum } from "../../../../policy/rules/sagemaker/scaling-minimum.ts";
import { scalingNotBurstable } from "../../../../policy/rules/sagemaker/scaling-not-burstable.ts";
import { scalingTarget } from "../../../../policy/rules/sagemaker/scaling-target.ts";
import { describeRule } from "../../describe-rule.ts";
import { urnOf } from "../../judged.ts";
import { configuration, endpoint, scalableTarget, variant } from "./given.ts";

const target = (properties: object = {}) => scalableTarget({ ...properties }).properties;
const DYNAMODB = {
    serviceNamespace: "dynamodb",
    scalableDimension: "dynamodb:table:ReadCapacityUnits",
    resourceId: "table/x",
    minCapacity: 1,
};

describeRule(scalingTarget, {
    passes: {
        "a variant": target(),
        "a variant that is scaled to zero": target({ minCapacity: 0 }),
        "what is not SageMaker's": target(DYNAMODB),
    },
    fails: {
        "another dimension": [
            target({ scalableDimension: "sagemaker:inference-component:DesiredCopyCount" }),
            'scalableDimension is "sagemaker:inference-component:DesiredCopyCount"; accepted: sagemaker:variant:DesiredInstanceCount',
        ],
        "another service": [target({ serviceNamespace: "ecs" }), 'serviceNamespace is "ecs"; accepted: sagemaker'],
        "bounds that are not in order": [
            target({ minCapacity: 5 }),
            "minCapacity is 5, over maxCapacity 4; accepted: up to 4",
        ],
        "another resource": [
            target({ resourceId: "endpoint/api" }),
            'resourceId is "endpoint/api"; accepted: endpoint/NAME/variant/NAME',
        ],
    },
    waits: {
        "bounds that are not known": [target({ minCapacity: NOT_KNOWN }), "it: minCapacity"],
        "an endpoint that is not there yet": [target({ resourceId: NOT_KNOWN }), "it: resourceId"],
    },
});

describeRule(scalingMinimum, {
    passes: { two: target(), "what is not SageMaker's": target(DYNAMODB) },
    fails: {
        one: [target({ minCapacity: 1 }), "minCapacity is 1; accepted: 2 or more"],
        none: [target({ minCapacity: 0 }), "minCapacity is 0; accepted: 2 or more"],
    },
    waits: { "a bound that is not known": [target({ minCapacity: NOT_KNOWN }), "it: minCapacity"] },
});
describeRule(scalingMinimum, {
    settings: { minimum: 0 },
    passes: { "scaled to zero": target({ minCapacity: 0 }) },
    fails: {},
});

const on = (instanceType: unknown) => configuration({ productionVariants: [variant({ instanceType })] });
const fleet = (instanceType: unknown) => [scalableTarget(), endpoint(), on(instanceType)];

describeRule(scalingNotBurstable, {
    passes: {
        "a steady type": fleet("ml.m5.large"),
        "another variant's": [
            scalableTarget({ resourceId: "endpoint/api/variant/other" }),
            endpoint(),
            on("ml.t2.medium"),
        ],
        "an endpoint that the stack does not hold": [
            scalableTarget({ resourceId: "endpoint/x/variant/main" }),
            endpoint(),
        ],
        "what is not SageMaker's": [scalableTarget(DYNAMODB), endpoint(), on("ml.t2.medium")],
    },
    fails: {
        "a burstable type": [
            fleet("ml.t2.medium"),
            "resourceId names a variant on ml.t2.medium, which is burstable; accepted: a variant on another type",
        ],
        "one whose configuration is not there yet": [
            [
                scalableTarget(),
                {
                    ...endpoint({ endpointConfigName: NOT_KNOWN }),
                    dependencies: { endpointConfigName: [urnOf(on(""))] },
                },
                on("ml.t3.large"),
            ],
            "resourceId names a variant on ml.t3.large, which is burstable; accepted: a variant on another type",
        ],
    },
    waits: {
        "a type that is not known": [fleet(NOT_KNOWN), "target: productionVariants[0].instanceType"],
        "an endpoint that is not known": [[scalableTarget({ resourceId: NOT_KNOWN })], "target: resourceId"],
    },
});

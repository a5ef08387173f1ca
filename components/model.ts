import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { planContainer } from "../plans/container.ts";
import type { Statement } from "../plans/iam/statement.ts";
import { type ExecutionMode, mixesWithPrebuilt, planModel } from "../plans/pipeline.ts";
import { refuse } from "../plans/plan-error.ts";
import { type Step, stepProblems } from "../plans/step.ts";
import { secretStatements } from "../plans/step-secrets.ts";
import { ArtifactBucket } from "./artifact-bucket.ts";
import { ExecutionRole } from "./execution-role.ts";
import { type ManyModels, StepContainer } from "./step-container.ts";
import type { TransformData } from "./transform-data.ts";

export type { ManyModels };

export interface ModelArgs {
    /** The containers, in the order requests flow. */
    readonly steps: readonly Step[];
    /** How several containers are called. @default "serial" */
    readonly mode?: ExecutionMode;
    /** The endpoint that serves the model: its containers write to its log group. @default - no endpoint */
    readonly endpointName?: string;
    /** Names of the alarms that roll the endpoint's deployments back, or patterns of names. @default - none */
    readonly rollbackAlarms?: readonly string[];
    /** What a batch transform reads and writes, which the role must be allowed. @default - no batch transform */
    readonly transformData?: TransformData;
    /** What else the role may do. @default - nothing */
    readonly grants?: readonly Statement[];
}

/**
 * A SageMaker model with all it refers to: images, artifacts and the role. It has no physical name: models are immutable, so a change
 * makes a new one before the old one is deleted.
 */
export class Model extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    /** Models of this machine that one of its containers holds. @default - none */
    readonly models?: ManyModels;

    /** @throws {PlanError} with every problem of the steps */
    constructor(name: string, args: ModelArgs, opts?: pulumi.ComponentResourceOptions) {
        refuse(`model "${name}"`, stepProblems(args.steps));
        super("serial-inference:index:Model", name, { steps: args.steps, mode: args.mode }, opts);
        const child = { parent: this };

        const bucket = args.steps.some(hasLocalArtifact) ? new ArtifactBucket(name, child) : undefined;
        const pulledBySageMaker = mixesWithPrebuilt(args.steps);
        const steps = args.steps.map(
            (step) =>
                new StepContainer(
                    `${name}-${step.name}`,
                    { step, bucket, pulledBySageMaker },
                    { ...child, ...(step.formerName && { aliases: [{ name: `${name}-${step.formerName}` }] }) },
                ),
        );
        const role = new ExecutionRole(
            name,
            {
                ...(args.endpointName !== undefined && { endpointName: args.endpointName }),
                ...(args.rollbackAlarms && { rollbackAlarms: args.rollbackAlarms }),
                ...(args.transformData && { transformData: args.transformData }),
                grants: [...(args.grants ?? []), ...secretStatements(args.steps)],
                repositories: steps.flatMap((step) => step.access.repositories),
                objects: steps.flatMap((step) => step.access.objects),
                prefixes: steps.flatMap((step) => step.access.prefixes),
            },
            child,
        );
        const containers = steps.map((step) => planContainer(step.container));
        const model = new aws.sagemaker.Model(
            name,
            { executionRoleArn: role.arn, ...planModel(containers, args.mode ?? "serial") },
            // the provider would plan a changed mode as an update in place, which changes nothing
            { ...child, replaceOnChanges: ["inferenceExecutionConfig"] },
        );

        this.name = model.name;
        const holding = steps.find(({ models }) => models !== undefined);
        if (holding?.models !== undefined) this.models = holding.models;
        this.registerOutputs({ name: this.name });
    }
}

const hasLocalArtifact = ({ artifact }: Step): boolean => artifact !== undefined && !("uri" in artifact);

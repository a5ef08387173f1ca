import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { planContainer } from "../plans/container.ts";
import type { Statement } from "../plans/iam/statement.ts";
import { type ExecutionMode, mixesWithPrebuilt, planModel } from "../plans/pipeline.ts";
import { refuse } from "../plans/plan-error.ts";
import type { InstanceUses } from "../plans/registry/model-package.ts";
import type { NamedRegistry } from "../plans/registry/settings.ts";
import { type Step, stepProblems } from "../plans/step.ts";
import { secretStatements } from "../plans/step-secrets.ts";
import { ArtifactBucket } from "./artifact-bucket.ts";
import { ExecutionRole } from "./execution-role.ts";
import { keptForVersions } from "./kept-for-versions.ts";
import { RegisteredModel } from "./registered-model.ts";
import { type ModelNetwork, planModelNetwork } from "./network.ts";
import type { BucketCare } from "./private-bucket.ts";
import { type ManyModels, StepContainer } from "./step-container.ts";
import type { TransformData } from "./transform-data.ts";

export type { ManyModels };

/** The key encrypts images as well as model data. */
export interface ModelArgs extends BucketCare {
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
    /** How the model is registered. @default - it is not */
    readonly registration?: Registration;
    /** Whether anything runs the model, so that SageMaker must have it; it may be registered alone. @default true */
    readonly runs?: boolean;
    /** How its containers reach the network. @default - by SageMaker's own VPC */
    readonly network?: ModelNetwork | undefined;
}

/** How a model is registered. */
interface Registration {
    readonly registry: NamedRegistry;
    /** Instance types that the stack runs the model on. */
    readonly uses: InstanceUses;
}

/**
 * A SageMaker model with all it refers to: images, artifacts and the role. It has no physical name: models are immutable, so a change
 * makes a new one before the old one is deleted.
 */
export class Model extends pulumi.ComponentResource {
    /** @default - nothing runs it */
    readonly name?: pulumi.Output<string>;
    /** The version that it is registered as. @default - it is not */
    readonly registered?: RegisteredModel;
    /** Models of this machine that one of its containers holds. @default - none */
    readonly models?: ManyModels;
    /** ARN of the execution role. @default - nothing runs it */
    readonly roleArn?: pulumi.Output<string>;

    /** @throws {PlanError} with every problem of the steps */
    constructor(name: string, args: ModelArgs, opts?: pulumi.ComponentResourceOptions) {
        refuse(`model "${name}"`, stepProblems(args.steps));
        const { registration, keyArn, accessLogBucket } = args;
        super(
            "serial-inference:index:Model",
            name,
            { steps: args.steps, mode: args.mode },
            {
                ...opts,
                ...(registration && { transformations: [...(opts?.transformations ?? []), keptForVersions] }),
            },
        );
        const child = { parent: this };

        const readers = registration === undefined ? [] : this.readers(registration);
        const needsBucket = args.steps.some(hasLocalArtifact) || hasLocalMetrics(registration);
        const bucket = needsBucket ? new ArtifactBucket(name, { readers, keyArn, accessLogBucket }, child) : undefined;
        const pulledBySageMaker = mixesWithPrebuilt(args.steps);
        const steps = args.steps.map(
            (step) =>
                new StepContainer(
                    `${name}-${step.name}`,
                    {
                        step,
                        bucket,
                        pulledBySageMaker,
                        keyArn,
                        ...(registration && { repository: { keepImages: "all", readers } }),
                    },
                    { ...child, ...(step.formerName && { aliases: [{ name: `${name}-${step.formerName}` }] }) },
                ),
        );
        const holding = steps.find(({ models }) => models !== undefined);
        if (holding?.models !== undefined) this.models = holding.models;
        if (registration !== undefined) {
            const containers = steps.map(({ container }) => container);
            const registered = { ...registration, steps: args.steps, containers, bucket, readers };
            this.registered = new RegisteredModel(name, registered, child);
        }
        if (args.runs ?? true) {
            const { model, role } = this.run(name, args, steps);
            this.name = model.name;
            this.roleArn = role.ownArn;
        }
        this.registerOutputs({ ...(this.name && { name: this.name }) });
    }

    /** The model as SageMaker runs it, with its role. */
    private run(name: string, args: ModelArgs, steps: readonly StepContainer[]) {
        const child = { parent: this };
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
            {
                executionRoleArn: role.arn,
                ...planModel(containers, args.mode ?? "serial"),
                ...(args.network && planModelNetwork(args.network)),
            },
            // the provider would plan a changed mode, or other subnets, as an update in place, which changes nothing
            { ...child, replaceOnChanges: ["inferenceExecutionConfig", "vpcConfig"] },
        );
        return { model, role };
    }

    /**
     * ARNs of the accounts that may deploy what is registered. This one, which needs no such grant, is among them always: the policies stay
     * when they are deleted, so that an account is shut out by a change of them alone.
     */
    private readers({ registry }: Registration): pulumi.Output<string>[] {
        const { partition } = aws.getPartitionOutput({}, { parent: this });
        const own = aws.getCallerIdentityOutput({}, { parent: this }).accountId;
        return [own, ...(registry.accounts ?? [])].map(
            (account) => pulumi.interpolate`arn:${partition}:iam::${account}:root`,
        );
    }
}

const hasLocalMetrics = (registration: Registration | undefined): boolean => {
    const metrics = registration?.registry.metrics;
    return metrics !== undefined && "path" in metrics;
};

const hasLocalArtifact = ({ artifact }: Step): boolean => artifact !== undefined && !("uri" in artifact);

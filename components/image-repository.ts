import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { imageReaders } from "../plans/iam/registry.ts";
import { pulledBySageMaker } from "../plans/iam/resource-policies.ts";
import { policyDocument, type Statement } from "../plans/iam/statement.ts";

export interface ImageRepositoryArgs {
    /** How many images are kept; the oldest are deleted beyond it, of `all` none. @default 10 */
    readonly keepImages?: number | "all";
    /** ARNs of accounts that may pull. @default - none */
    readonly readers?: readonly pulumi.Input<string>[];
    /** Lets SageMaker pull for itself: needed where the model mixes this image with AWS's built-in algorithms. @default false */
    readonly pulledBySageMaker?: boolean;
    /** ARN of the KMS key that encrypts images; another makes a new repository. @default - ECR's own key in the account */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/** A private ECR repository for one image: immutable tags, scanned on push, encrypted with KMS, bounded. */
export class ImageRepository extends pulumi.ComponentResource {
    readonly url: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    /** Login for a push; the password is a secret and lasts 12 hours. */
    readonly login: pulumi.Output<{ readonly address: string; readonly username: string; readonly password: string }>;

    constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:ImageRepository", name, args, opts);
        const child = { parent: this };

        const repository = new aws.ecr.Repository(
            name,
            {
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [
                    { encryptionType: "KMS", ...(args.keyArn !== undefined && { kmsKey: args.keyArn }) },
                ],
                forceDelete: true, // what it holds is built from source
            },
            child,
        );
        const { keepImages = 10 } = args;
        if (keepImages !== "all") {
            new aws.ecr.LifecyclePolicy(
                name,
                { repository: repository.name, policy: JSON.stringify(keepNewest(keepImages)) },
                child,
            );
        }
        const statements = this.pullers(args);
        if (statements.length > 0) {
            const policy = pulumi.jsonStringify(policyDocument(statements));
            new aws.ecr.RepositoryPolicy(name, { repository: repository.name, policy }, child);
        }
        const token = aws.ecr.getAuthorizationTokenOutput({ registryId: repository.registryId }, child);

        this.url = repository.repositoryUrl;
        this.arn = repository.arn;
        this.login = pulumi.secret(
            pulumi.all([repository.repositoryUrl, token]).apply(([url, { userName, password }]) => ({
                address: url.split("/")[0] ?? url,
                username: userName,
                password,
            })),
        );
        this.registerOutputs({ url: this.url, arn: this.arn });
    }

    /** Who may pull beside this account's roles. */
    private pullers({ pulledBySageMaker: bySageMaker = false, readers = [] }: ImageRepositoryArgs): Statement[] {
        const account = () => aws.getCallerIdentityOutput({}, { parent: this }).accountId;
        return [
            ...(bySageMaker ? pulledBySageMaker(account()) : []),
            ...(readers.length > 0 ? imageReaders(readers) : []),
        ];
    }
}

const keepNewest = (count: number) => ({
    rules: [
        {
            rulePriority: 1,
            description: `Keep the newest ${count} images`,
            selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
            action: { type: "expire" },
        },
    ],
});

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { addFiles } from "../artifacts/add-files.ts";
import { hashTree } from "../artifacts/hash-tree.ts";
import { packTree } from "../artifacts/pack-tree.ts";
import { scanTree, type Tree, type TreeEntry } from "../artifacts/scan-tree.ts";
import { archiveKey, artifactFolder, filesPrefix, keyProblems } from "../plans/artifact.ts";
import { refuse } from "../plans/plan-error.ts";
import type { LocalArtifact } from "../plans/step.ts";
import type { ArtifactBucket } from "./artifact-bucket.ts";

export interface ModelArtifactArgs extends LocalArtifact {
    readonly bucket: ArtifactBucket;
    /** Files that are generated into the directory's copy: path → content. @default - none */
    readonly generated?: Readonly<Record<string, string>>;
}

/** Where archives are kept between runs, relative to the project's root. */
export const cacheFolder = ".cache/artifacts";

/** Model data from this machine in S3, under a key made of its content: a changed model has a new URI, an unchanged one the same. */
export class ModelArtifact extends pulumi.ComponentResource {
    /** `s3://bucket/…/model.tar.gz`; a prefix that ends in `/` where it is not compressed. */
    readonly uri: pulumi.Output<string>;
    /** Keys that this artifact has had and will have, with a `*` at the end: during an update the old fleet still reads the old one. */
    readonly keys: string;
    /** Whether it is one archive. */
    readonly compressed: boolean;

    /** @throws {PlanError} where the directory is missing or empty, a file cannot be read, or a link leads out of the tree */
    constructor(
        name: string,
        { path, compression, bucket, generated = {} }: ModelArtifactArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        const tree = addFiles(scanTree(path), generated);
        refuse(`artifact "${path}"`, [
            ...tree.problems,
            ...(compression === "none" ? keyProblems(filesPrefix(name, "0".repeat(64)), paths(tree)) : []),
        ]);
        super("serial-inference:index:ModelArtifact", name, { path, compression }, opts);

        this.compressed = (compression ?? "gzip") === "gzip";
        this.keys = `${artifactFolder(name)}*`;
        const key = this.compressed ? this.uploadArchive(name, tree, bucket) : this.uploadFiles(name, tree, bucket);
        this.uri = pulumi.interpolate`s3://${bucket.name}/${key}`;
        this.registerOutputs({ uri: this.uri });
    }

    private uploadArchive(name: string, tree: Tree, bucket: ArtifactBucket): pulumi.Output<string> {
        const archive = pulumi.output(packTree(tree, { cacheFolder }));
        const object = new aws.s3.BucketObjectv2(
            name,
            {
                bucket: bucket.name,
                key: archive.apply(({ contentSha256 }) => archiveKey(name, contentSha256)),
                source: archive.file.apply((file) => new pulumi.asset.FileAsset(file)),
            },
            { parent: this },
        );
        return this.uploaded([object]).apply(([key]) => key ?? "");
    }

    private uploadFiles(name: string, tree: Tree, bucket: ArtifactBucket): pulumi.Output<string> {
        const hashed = pulumi.output(hashTree(tree, { cacheFolder }));
        const prefix = hashed.apply(({ sha256 }) => filesPrefix(name, sha256));
        const objects = filesOf(tree).map(
            (entry) =>
                new aws.s3.BucketObjectv2(
                    `${name}-${entry.path}`,
                    {
                        bucket: bucket.name,
                        key: pulumi.interpolate`${prefix}${entry.path}`,
                        source: assetOf(entry),
                    },
                    { parent: this },
                ),
        );
        return pulumi.all([prefix, this.uploaded(objects)]).apply(([known]) => known);
    }

    /** The objects' keys, known only once they are there: CreateModel looks for them. */
    private uploaded(objects: readonly aws.s3.BucketObjectv2[]): pulumi.Output<string[]> {
        return pulumi.all(objects.map(({ id, key }) => pulumi.all([id, key]).apply(([, known]) => known)));
    }
}

const assetOf = ({ file, content }: TreeEntry): pulumi.asset.Asset =>
    content === undefined ? new pulumi.asset.FileAsset(file) : new pulumi.asset.StringAsset(content.toString());

const filesOf = (tree: Tree) => tree.entries.filter(({ kind }) => kind === "file");

const paths = (tree: Tree): string[] => filesOf(tree).map(({ path }) => path);

import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { Architecture, BuildSource, StepSource } from "./image-source.ts";
import type { Server } from "./step.ts";

/** The build of a container folder, as `@pulumi/docker-build` takes it. */
export interface BuildPlan {
    readonly context: { readonly location: string };
    readonly dockerfile: { readonly location: string };
    readonly target: Server;
    readonly platforms: ["linux/amd64" | "linux/arm64"];
    readonly buildArgs: Readonly<Record<string, string>>;
}

/** The build context is the folder's parent; the folder's `Dockerfile.dockerignore` says what of it counts. */
export function planBuild(
    { build }: BuildSource,
    server: Server = "step-server",
    architecture: Architecture = "amd64",
): BuildPlan {
    return {
        context: { location: dirname(build.folder) },
        dockerfile: { location: join(build.folder, "Dockerfile") },
        target: server,
        platforms: [`linux/${architecture}`],
        buildArgs: build.args ?? {},
    };
}

/** The container folder that a step's image is built from, or that stands in for another image on this machine. */
export function builtFolder(source: StepSource): string | undefined {
    if ("build" in source) return source.build.folder;
    return "local" in source ? source.local.folder : undefined;
}

/** A tag of its own for each reference and platform that is mirrored. */
export function mirrorTag(reference: string, platform: string): string {
    const name = basename(reference)
        .replace(/[^\w.-]/g, "-")
        .slice(0, 80);
    return `${createHash("sha256").update(`${reference} ${platform}`).digest("hex").slice(0, 12)}-${name}`;
}

/** The URI by digest in place of a tag. */
export const uriDigest = (uri: string, digest: string): string => `${uri.replace(/(:[^:/@]+)?(@.+)?$/, "")}@${digest}`;

const ECR_IMAGE = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z.]+\/([^:@]+)(?::([^@]+))?/;

export const isEcrImage = (uri: string): boolean => ECR_IMAGE.test(uri);

/** The parts of an ECR image's URI; `tag` is `latest` where there is none. */
export function ecrRepository(uri: string) {
    const parts = ECR_IMAGE.exec(uri);
    if (parts === null) throw new RangeError(`"${uri}" is not the URI of an ECR image`);
    const [, registryId = "", region = "", repositoryName = "", tag = "latest"] = parts;
    return { registryId, region, repositoryName, tag };
}

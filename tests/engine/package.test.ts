import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { expect } from "chai";
import { run } from "../support/run.ts";

const MANIFEST = {
    name: "somebody-elses",
    type: "module",
    dependencies: { "@pulumi/aws": "7.48.0", "@pulumi/pulumi": "3.270.0" },
};

const PROGRAM = `
import * as aws from "@pulumi/aws";
import { InferencePipeline, type Step } from "serial-inference";

const step = (name: string): Step => ({
    name,
    image: { build: { folder: \`containers/\${name}\` } },
    artifact: { path: \`models/\${name}\` },
});
const pipeline = new InferencePipeline("scoring", {
    steps: [{ ...step("features"), responseType: "text/csv" }, step("score")],
    endpoint: { name: "scoring", instanceType: "ml.m5.large" },
});
const alerts = new aws.sns.Topic("alerts", {});
export const endpointName = pipeline.hosted.endpointName;
export const topic = alerts.arn;
`;

/** A program of somebody else, which takes this project as a package. */
describe("the npm package in another program", () => {
    let folder: string;
    let stack: Stack;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "serial-inference-package-"));
        const write = (file: string, content: string) => {
            mkdirSync(dirname(join(folder, file)), { recursive: true });
            writeFileSync(join(folder, file), content);
        };
        for (const made of [".state", ".cloud"]) mkdirSync(join(folder, made));
        for (const name of ["features", "score"]) {
            write(`containers/${name}/Dockerfile`, "FROM scratch\n");
            write(`models/${name}/model`, `weights of ${name}`);
        }
        write("package.json", JSON.stringify(MANIFEST));
        write("index.ts", PROGRAM);
        write(
            "Pulumi.yaml",
            "name: somebody-elses\nruntime: {name: nodejs, options: {typescript: false}}\nmain: index.ts\n",
        );
        run(".", "npm", ["pack", "--loglevel=error", "--pack-destination", folder]);
        const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? "";
        run(folder, "npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `./${tarball}`]);
        stack = await LocalWorkspace.createOrSelectStack(
            { stackName: "test", workDir: folder },
            {
                envVars: {
                    PULUMI_BACKEND_URL: `file://${join(folder, ".state")}`,
                    FAKE_AWS_DIR: join(folder, ".cloud"),
                    PULUMI_CONFIG_PASSPHRASE: "test",
                },
            },
        );
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("comes without sources, tests and samples, and brings no second copy of Pulumi's packages", () => {
        const installed = join(folder, "node_modules", "serial-inference");
        const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
        expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).to.deep.equal([]);
        expect(readdirSync(installed).filter((file) => file !== "node_modules")).to.have.members([
            "LICENSE",
            "README.md",
            "containers",
            "dist",
            "package.json",
            "schemas",
        ]);
        const copies = run(folder, "npm", ["ls", "--all", "--parseable", "@pulumi/aws", "@pulumi/pulumi"])
            .trim()
            .split("\n");
        expect(copies.map((path) => path.slice(folder.length))).to.have.members([
            "/node_modules/@pulumi/aws",
            "/node_modules/@pulumi/pulumi",
        ]);
    });

    it("has types that a strict compiler accepts", () => {
        const flags = [
            "--noEmit",
            "--strict",
            "--target",
            "es2024",
            "--module",
            "nodenext",
            "--types",
            "node",
            "--typeRoots",
            resolve("node_modules/@types"),
        ];
        run(folder, resolve("node_modules/.bin/tsc"), [...flags, "--allowImportingTsExtensions", "index.ts"]);
    });

    it("can be loaded by a program of CommonJS", () => {
        const code = 'process.stdout.write(typeof require("serial-inference").InferencePipeline)';
        expect(run(folder, process.execPath, ["--input-type=commonjs", "-e", code])).to.equal("function");
    });

    it("comes up beside the program's own resources, stays as it is, and leaves nothing", async () => {
        const up = await stack.up();
        expect(up.outputs["endpointName"]?.value).to.equal("scoring");
        const cloud = readdirSync(join(folder, ".cloud"));
        expect(cloud).to.include("aws.sagemaker.Endpoint=scoring.json");
        expect(cloud.filter((file) => file.startsWith("aws.sns.Topic="))).to.have.length(1);
        expect((await stack.preview({ expectNoChanges: true })).changeSummary).to.have.all.keys("same");
        await stack.destroy();
        expect(readdirSync(join(folder, ".cloud"))).to.deep.equal([]);
    });

    it("tells every problem of a pattern before anything is registered", async () => {
        writeFileSync(join(folder, "index.ts"), PROGRAM.replaceAll("containers/", "nowhere/"));
        const failed = await stack.preview().then(
            () => "",
            (error: unknown) => String(error),
        );
        expect(failed).to.include('inference pipeline "scoring" has ').and.include("nowhere/features");
    });
});

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type LocalHost, startLocalHost } from "../../tools/local-host.ts";
import { until } from "../support/until.ts";

/** What the Dockerfiles are built from where their own base image cannot be pulled: `BASE_IMAGE=… npm run test:docker`. */
const baseImage = process.env["BASE_IMAGE"];
const flags = baseImage === undefined ? [] : ["--base-image", baseImage];

const docker = (...args: readonly string[]): string => spawnSync("docker", args, { encoding: "utf8" }).stdout.trim();

/** Names of the containers, running or not, whose names hold this. */
const containers = (part: string): string[] =>
    docker("ps", "--all", "--format", "{{.Names}}", "--filter", `name=${part}`).split("\n").filter(Boolean);

const BODY = readFileSync("examples/houses.json");
const CITIES = ["Lisbon", "Oslo", "Vienna"];

describe("stack multi-model in a Docker engine", () => {
    let serving: LocalHost;
    before(async () => {
        serving = await startLocalHost(
            "--stack",
            "multi-model",
            "--docker",
            "--memory",
            "1G",
            "--volume",
            "14K",
            ...flags,
        );
    });
    after(async () => {
        serving.child.kill("SIGINT");
        await serving.ended;
    });

    /** The city that a model's answer names; undefined where it does not answer with 200. */
    const cityOf = async (city: string): Promise<string | undefined> => {
        const headers = {
            "content-type": "application/json",
            "x-amzn-sagemaker-target-model": `europe/${city.toLowerCase()}.tar.gz`,
        };
        const response = await fetch(serving.url, { method: "POST", body: BODY, headers });
        if (response.status !== 200) return undefined;
        const { predictions } = (await response.json()) as { predictions: readonly { city: string }[] };
        return predictions[0]?.city;
    };
    const answers = async (): Promise<unknown[]> => {
        const cities: unknown[] = [];
        for (const city of CITIES) cities.push(await cityOf(city));
        return cities;
    };

    it("answers by each model, and loads them again in a container that was killed", async () => {
        expect(await answers()).to.deep.equal(CITIES);
        const [killed = ""] = containers("serial-inference-predict-");
        docker("kill", killed);
        await until(async () => (await cityOf("Oslo")) === "Oslo");
        expect(await answers()).to.deep.equal(CITIES);
        expect(containers("serial-inference-predict-")).to.have.length(1).and.not.include(killed);
    });

    it("measures the memory and the volume, which holds two of the models", async () => {
        const text = await (await fetch(new URL("/metrics", serving.url))).text();
        const level = (metric: string) => Number(new RegExp(`^${metric}{.*} (.*)$`, "m").exec(text)?.[1]);
        expect(level("LoadedModelCount")).to.equal(2);
        expect(level("DiskUtilization")).to.be.within(50, 100);
        expect(level("MemoryUtilization")).to.be.within(1, 100);
    });

    it("leaves no container when it is interrupted", async () => {
        expect(containers("serial-inference-")).to.have.length(3);
        serving.child.kill("SIGINT");
        expect(await serving.ended).to.equal(0);
        expect(containers("serial-inference-")).to.deep.equal([]);
    });
});

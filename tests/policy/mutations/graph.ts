import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";
import { recordedResources } from "../../../local/review/recorded-resources.ts";
import { judge, type Judgement } from "../../../policy/framework/judge.ts";
import type { Resource } from "../../../policy/framework/resource.ts";
import type { Rule } from "../../../policy/framework/rule.ts";
import { configured, type PackConfig, type Settings } from "../../../policy/framework/settings.ts";
import { TODAY } from "../judged.ts";

/** As in the recorded stack. */
const REGION = "eu-west-1";

interface Said extends Judgement {
    readonly rule: Rule;
}

/** Resources as before and after a deployment, and the rules as they are set in production. */
export class Graph {
    readonly resources: readonly RecordedResource[];
    private readonly rules: readonly { readonly rule: Rule; readonly settings: Settings }[];
    private readonly outputs: readonly Resource[];

    constructor(resources: readonly RecordedResource[], rules: readonly Rule[], config: PackConfig) {
        this.resources = resources;
        this.rules = rules.flatMap((rule) => {
            const { level, settings } = configured(rule, config, "prod");
            return level === "disabled" ? [] : [{ rule, settings }];
        });
        this.outputs = recordedResources(resources, "outputs", REGION);
    }

    /** What the rules say of all of it. */
    review(): Said[] {
        return this.judge(recordedResources(this.resources, "inputs", REGION), this.outputs);
    }

    /** Which rules speak once a resource has another in its place, or none; of the others, which are as they were, none did. */
    owners(index: number, instead: readonly RecordedResource[]): string[] {
        const outputs = this.outputs.toSpliced(index, 1, ...recordedResources(instead, "outputs", REGION));
        return this.judge(recordedResources(instead, "inputs", REGION), outputs)
            .filter(({ violations }) => violations.length > 0)
            .map(({ rule }) => rule.id)
            .sort();
    }

    private judge(inputs: readonly Resource[], outputs: readonly Resource[]): Said[] {
        return this.rules.map(({ rule, settings }) => ({
            rule,
            ...judge(rule, rule.kind === "stack" ? outputs : inputs, settings, TODAY),
        }));
    }
}

import type {
    Policies,
    PolicyConfigSchema,
    PolicyResource,
    ResourceValidationArgs,
    ReportViolation,
} from "@pulumi/policy";
import { type Environment, ENVIRONMENT_VARIABLE, environmentOfStack } from "./environment.ts";
import { Fields } from "./fields.ts";
import { judge, STACK_TYPE } from "./judge.ts";
import { Ledger } from "./ledger.ts";
import { levelIn } from "./level.ts";
import { plainProperties, plainProperty } from "./plain-properties.ts";
import type { Resource } from "./resource.ts";
import type { ResourceRule, Rule } from "./rule.ts";
import { configSchema, type Settings, settingsOf } from "./settings.ts";
import { waitingSentences } from "./waiting-sentences.ts";

export interface PackArgs {
    readonly rules: readonly Rule[];
    /** What was asked for: Pulumi tells a pack's levels before it tells the pack which stack it is for. @default dev */
    readonly environment: Environment | undefined;
    /** Such as 2027-03-31. */
    readonly today: string;
}

/** The rules as Pulumi takes them, and after them what the rules leave to be told. */
export function policiesOf({ rules, environment, today }: PackArgs): Policies {
    const ledger = new Ledger();
    const given = new Map<Rule, Settings>();
    /** Pulumi sets the configuration once, before the first resource. */
    const settingsIn = (rule: Rule, { getConfig }: Configured): Settings => {
        const settings = given.get(rule) ?? settingsOf(rule, getConfig<Record<string, unknown>>());
        given.set(rule, settings);
        return settings;
    };

    function tell(rule: Rule, resources: readonly Resource[], args: Configured) {
        const settings = settingsIn(rule, args);
        const judgement = judge(rule, resources, settings, today);
        ledger.take(rule, settings, judgement);
        return judgement.violations;
    }

    const policies = rules.map((rule) => {
        const common = {
            name: rule.id,
            description: rule.title,
            enforcementLevel: levelIn(rule, environment ?? "dev"),
            configSchema: { properties: configSchema(rule) } as PolicyConfigSchema,
            remediationSteps: rule.remediation,
        };
        if (rule.kind === "stack") {
            const validateStack = (args: StackArgs, report: ReportViolation) => {
                const resources = args.resources.map(stackResource);
                for (const { resource, message } of tell(rule, resources, args)) report(message, resource?.urn);
            };
            return { ...common, validateStack };
        }
        const validateResource = (args: ResourceValidationArgs, report: ReportViolation) => {
            const resources = (rule as ResourceRule).types.includes(args.type) ? [resourceOf(args)] : [];
            for (const { message } of tell(rule, resources, args)) report(message);
        };
        return { ...common, validateResource };
    });
    return [
        ...policies,
        {
            name: "environment-named",
            description: "A stack that is called as production or staging is reviewed as that.",
            enforcementLevel: "mandatory",
            validateResource: ({ type, urn }, report) => {
                const stack = urn.split("::")[0]?.split(":").at(-1) ?? "";
                const named = environmentOfStack(stack);
                if (type !== STACK_TYPE || environment !== undefined || named === "dev") return;
                report(
                    `stack ${stack} is reviewed as dev; accepted: ${named}, or any environment that is asked for. ` +
                        `Set ${ENVIRONMENT_VARIABLE}=${named}, and run again.`,
                );
            },
        },
        {
            name: "checked-on-up",
            description: "What a preview cannot know is checked by pulumi up, before it is deployed.",
            enforcementLevel: "advisory",
            validateStack: (_args, report) => {
                for (const { urn, message } of waitingSentences(ledger.waiting)) report(message, urn);
            },
        },
        {
            name: "exemptions-in-use",
            description: "Every exemption lets something pass.",
            enforcementLevel: "advisory",
            validateStack: (_args, report) => {
                for (const message of ledger.unused(today)) report(message);
                ledger.clear();
            },
        },
    ];
}

type Configured = Pick<ResourceValidationArgs, "getConfig">;

interface StackArgs extends Configured {
    readonly resources: readonly PolicyResource[];
}

type Given = Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props" | "opts" | "provider">;

/** Reads the properties only where a rule looks: a stack rule is handed every resource. */
function resourceOf({ urn, type, name, props, opts, provider }: Given): Resource {
    let read: Fields | undefined;
    return {
        urn,
        type,
        name,
        get isProtected() {
            return opts.protect;
        },
        get properties() {
            return (read ??= new Fields(plainProperties(props) as Record<string, unknown>));
        },
        get region() {
            return regionIn(props) ?? regionIn(provider?.props);
        },
    };
}

function regionIn(props: Readonly<Record<string, unknown>> | undefined): string | undefined {
    const region = props === undefined ? undefined : plainProperty(props, "region");
    return typeof region === "string" ? region : undefined;
}

function stackResource(resource: PolicyResource): Resource {
    const dependencies = Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([property, on]) => [property, on.map(({ urn }) => urn)]),
    );
    return Object.defineProperty(resourceOf(resource), "dependencies", { value: dependencies });
}

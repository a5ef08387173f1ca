import { createRequire } from "node:module";
import type { ReportViolation, ResourceValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { expect } from "chai";
import { policiesOf } from "../../../policy/framework/policies.ts";
import { modelImageRegistry } from "../../../policy/rules/sagemaker/model-image-registry.ts";
import { endpointDeploymentConfig } from "../../../policy/rules/sagemaker/endpoint-deployment-config.ts";
import { hostingRegion } from "../../../policy/rules/sagemaker/hosting-region.ts";

/** How Pulumi's policy SDK hides what is not known: parts of it that it does not export. */
const { unknownCheckingProxy, unknownStringValue } = createRequire(import.meta.url)("@pulumi/policy/proxy") as {
    unknownCheckingProxy: (properties: object) => Record<string, unknown>;
    unknownStringValue: string;
};

const TODAY = "2027-03-31";
const MODEL = "aws:sagemaker/model:Model";
const rules = [modelImageRegistry, hostingRegion, endpointDeploymentConfig];
const pack = (environment?: "dev" | "prod") => policiesOf({ rules, environment, today: TODAY });

interface Configured {
    readonly config?: object;
}

/** Calls a policy as the SDK would. */
function told(policy: object | undefined, args: object, { config = {} }: Configured = {}) {
    const said: { message: string; urn?: string | undefined }[] = [];
    const report: ReportViolation = (message, urn) => said.push({ message, urn });
    const full = { getConfig: () => config, resources: [], ...args };
    if (policy !== undefined && "validateStack" in policy) {
        void (policy as StackValidationPolicy).validateStack(full as never, report);
    } else {
        const { validateResource } = policy as { validateResource: (args: object, report: ReportViolation) => void };
        validateResource(full, report);
    }
    return said;
}
const resource = (properties: object, more: Partial<ResourceValidationArgs> = {}) => ({
    type: MODEL,
    name: "it",
    urn: `urn:pulumi:test::project::${MODEL}::it`,
    props: unknownCheckingProxy(properties),
    ...more,
});
const allowed = { config: { allowed: ["eu-central-1", "registry.example.com"] } };

describe("the policies that Pulumi runs", () => {
    it("have their levels by the environment, and notes of the pack at the end", () => {
        const levels = (environment: "dev" | "prod") =>
            pack(environment).map(({ enforcementLevel }) => enforcementLevel);
        expect(levels("dev")).to.deep.equal([
            "mandatory",
            "mandatory",
            "disabled",
            "mandatory",
            "advisory",
            "advisory",
        ]);
        expect(levels("prod")[2]).to.equal("mandatory");
    });

    it("see through the SDK's proxies: lists, blocks, and what is not known", () => {
        const containers = [
            { image: "registry.example.com/a:1" },
            { image: "other/b:1" },
            { image: unknownStringValue },
        ];
        const [registry, , , , checkedOnUp] = pack();
        expect(told(registry, resource({ containers }), allowed).map(({ message }) => message)).to.deep.equal([
            "containers[1].image comes from other; accepted: eu-central-1, registry.example.com. " +
                "Copy the image to a registry of your own, or allow its registry.",
        ]);
        expect(told(checkedOnUp, {})).to.deep.equal([
            {
                urn: `urn:pulumi:test::project::${MODEL}::it`,
                message: "containers[2].image is not known yet; checked on up: model-image-registry.",
            },
        ]);
    });

    it("refuse a stack that is called as production where nobody asked for it", () => {
        const stack = (name: string, type = "pulumi:pulumi:Stack") => ({
            type,
            urn: `urn:pulumi:${name}::project::${type}::project-${name}`,
        });
        const said = (args: object, environment?: "dev" | "prod") =>
            told(pack(environment)[3], args).map(({ message }) => message);
        expect(said(stack("prod"))).to.deep.equal([
            "stack prod is reviewed as dev; accepted: prod, or any environment that is asked for. Set POLICY_ENVIRONMENT=prod, and run again.",
        ]);
        expect(said(stack("prod"), "dev")).to.deep.equal([]);
        expect(said(stack("prod"), "prod")).to.deep.equal([]);
        expect(said(stack("dev"))).to.deep.equal([]);
        expect(said(stack("prod", MODEL))).to.deep.equal([]);
    });

    it("know the region from the resource, else from its provider", () => {
        const region = (args: object) => told(pack()[1], args, allowed)[0]?.message;
        expect(region(resource({}))).to.contain("region is not said by resource");
        const provider = { props: unknownCheckingProxy({ region: "eu-north-1" }) } as never;
        expect(region(resource({}, { provider }))).to.contain("region is eu-north-1");
        expect(region(resource({ region: "eu-central-1" }, { provider }))).to.equal(undefined);
    });

    it("say what is computed from what, where values are not known", () => {
        const type = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
        const configuration = {
            ...resource({ productionVariants: [{ serverlessConfig: {} }] }),
            type,
            urn: "configuration",
        };
        const endpoint = {
            ...resource({ endpointConfigName: unknownStringValue }),
            type: "aws:sagemaker/endpoint:Endpoint",
            propertyDependencies: { endpointConfigName: [configuration] },
        };
        const resources = [endpoint, { ...configuration, propertyDependencies: {} }];
        expect(told(pack("prod")[2], { resources })).to.deep.equal([]);
        const alone = told(pack("prod")[2], { resources: [{ ...endpoint, props: unknownCheckingProxy({}) }] });
        expect(alone.map(({ message }) => message)).to.have.length(1);
    });

    it("tell an exemption that lets nothing pass, once the stack is through", () => {
        const exemption = { resource: "*::other", reason: "a trial", expires: "2027-04-30" };
        const policies = pack();
        told(policies[0], resource({}), { config: { exemptions: [exemption] } });
        const said = () => told(policies[5], {}).map(({ message }) => message);
        expect(said()).to.deep.equal([
            'the exemption of "*::other" from model-image-registry (a trial) lets nothing pass: no resource of that name ' +
                "breaks the rule; take it out.",
        ]);
        expect(said()).to.deep.equal([]);
    });

    it("refuse configuration that a rule does not take", () => {
        expect(() => told(pack()[0], resource({}), { config: { allow: [] } })).to.throw(
            /the policies' configuration has a problem:\n {2}model-image-registry: .*allow/,
        );
    });
});

import { expect } from "chai";
import { InferenceContainer } from "../../patterns/inference-container.ts";
import type { EndpointSettings } from "../../plans/endpoint.ts";
import type { Scaling } from "../../plans/scaling.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

const scaling: Scaling = { min: 2, max: 8, target: { invocationsPerInstance: 700 } };
const TARGET = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";
const ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction";

describe("VariantScaling", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({ "containers/own/Dockerfile": "FROM scratch" });
    });
    afterEach(() => {
        folder.remove();
    });

    const step = { name: "own", image: { build: { folder: "containers/own" } } } as const;
    const deploy = (endpoint: EndpointSettings) =>
        record(() => new InferenceContainer("app", { step, endpoint: { name: "app-test", ...endpoint } }));
    const scaled = {
        serviceNamespace: "sagemaker",
        scalableDimension: "sagemaker:variant:DesiredInstanceCount",
        resourceId: "endpoint/app-test/variant/main",
    };

    it("registers the variant and what it is held to, by the service-linked role", async () => {
        const resources = await deploy({ scaling });
        expect(only(resources, TARGET).inputs).to.deep.equal({ ...scaled, minCapacity: 2, maxCapacity: 8 });
        expect(only(resources, POLICY).inputs).to.deep.equal({
            ...scaled,
            policyType: "TargetTrackingScaling",
            targetTrackingScalingPolicyConfiguration: {
                targetValue: 700,
                predefinedMetricSpecification: { predefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
            },
        });
        const configuration = only(resources, "aws:sagemaker/endpointConfiguration:EndpointConfiguration");
        const [variant] = configuration.inputs["productionVariants"] as Record<string, unknown>[];
        expect(variant).to.include({ initialInstanceCount: 2 });
    });

    it("registers actions by their names, and no policy where nothing is tracked", async () => {
        const schedule = [{ name: "morning", cron: "0 7 ? * MON-FRI *", timeZone: "Europe/Lisbon", min: 4, max: 16 }];
        const resources = await deploy({ scaling: { min: 1, max: 8, schedule } });
        expect(resources.filter(({ type }) => type === POLICY)).to.deep.equal([]);
        const action = only(resources, ACTION);
        expect(action.name).to.equal("app-main-morning");
        expect(action.inputs).to.deep.equal({
            ...scaled,
            schedule: "cron(0 7 ? * MON-FRI *)",
            timezone: "Europe/Lisbon",
            scalableTargetAction: { minCapacity: 4, maxCapacity: 16 },
        });
    });

    it("scales variants that say so, each by its own bounds", async () => {
        const variants = [
            { name: "a" },
            { name: "b", scaling: { ...scaling, min: 1 } },
            { name: "c", scaling: "none" as const },
        ];
        const resources = await deploy({ scaling, variants });
        const targets = resources.filter(({ type }) => type === TARGET);
        expect(targets.map(({ name, inputs }) => [name, inputs["resourceId"], inputs["minCapacity"]])).to.deep.equal([
            ["app-a", "endpoint/app-test/variant/a", 2],
            ["app-b", "endpoint/app-test/variant/b", 1],
        ]);
    });

    it("registers nothing where the scaling is wrong", () => {
        const create = () =>
            new InferenceContainer("app", { step, endpoint: { name: "app-test", scaling: { ...scaling, min: 9 } } });
        expect(create).to.throw("endpoint.scaling.min: 9 is over max 8");
    });
});

import { expect } from "chai";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { deployPattern } from "../../patterns/index.ts";
import type { EndpointSettings } from "../../plans/endpoint.ts";
import type { NetworkSettings } from "../../plans/network/settings.ts";
import type { Settings } from "../../plans/settings.ts";
import type { Step } from "../../plans/step.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { record } from "../support/record.ts";

interface Statement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: unknown;
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Condition?: unknown;
}

/** A statement, and the type of the resource whose policy it is of. */
interface Found {
    readonly where: string;
    readonly statement: Statement;
}

const list = <Item>(items: Item | readonly Item[] | undefined): readonly Item[] =>
    items === undefined ? [] : Array.isArray(items) ? (items as readonly Item[]) : [items as Item];

/** Every policy document in a value: JSON text with statements, however deep. */
function documents(value: unknown): Statement[] {
    if (typeof value === "string") {
        if (!value.startsWith("{") || !value.includes('"Statement"')) return [];
        return [...list((JSON.parse(value) as { Statement: Statement | Statement[] }).Statement)];
    }
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(documents);
}

const found = (resources: readonly RecordedResource[]): Found[] =>
    resources.flatMap(({ type, inputs, outputs }) => {
        const where = type.split(":").at(-1) ?? "";
        const own = type.startsWith("serial-inference:") ? documents(outputs) : documents(inputs);
        return own.map((statement) => ({ where, statement }));
    });

/** A resource that stands for all of its kind, or for those of other accounts or regions. `bucket/folder/*` is a folder's content. */
function isWide(resource: string): boolean {
    if (!resource.startsWith("arn:")) return resource.includes("*");
    const [, partition = "", service = "", region = "", account = "", ...rest] = resource.split(":");
    return (
        [partition, service, region, account].some((part) => part.includes("*")) ||
        /^[\w.-]*[/:]?\*$/.test(rest.join(":"))
    );
}

const NO_RESOURCE = "AWS knows no resource for it";

/** Why a statement's resource may be wide: by the type of its policy's resource, where all of its statements may, or by action. */
const REASONS: Readonly<Record<string, string>> = {
    KeyPolicy: "in the policy of a key, * is the key itself",
    "cloudwatch:PutMetricData": `${NO_RESOURCE}; a condition holds it to SageMaker's namespaces`,
    "ecr:GetAuthorizationToken": `${NO_RESOURCE}: the token is the registry's`,
    "ec2:CreateNetworkInterface":
        "an interface has no id before it is made; the subnets and groups, which must be allowed too, are named",
    "ec2:CreateNetworkInterfacePermission": "ids are made up as interfaces are; a condition names the subnets",
    "ec2:DeleteNetworkInterface": "ids are made up as interfaces are; a condition names the subnets",
    "ec2:DeleteNetworkInterfacePermission": "ids are made up as interfaces are; a condition names the subnets",
    "ec2:DescribeDhcpOptions": NO_RESOURCE,
    "ec2:DescribeNetworkInterfaces": NO_RESOURCE,
    "ec2:DescribeSecurityGroups": NO_RESOURCE,
    "ec2:DescribeSubnets": NO_RESOURCE,
    "ec2:DescribeVpcEndpoints": NO_RESOURCE,
    "ec2:DescribeVpcs": NO_RESOURCE,
    "logs:CreateLogDelivery": `${NO_RESOURCE}: deliveries are the account's`,
    "logs:GetLogDelivery": `${NO_RESOURCE}: deliveries are the account's`,
    "logs:UpdateLogDelivery": `${NO_RESOURCE}: deliveries are the account's`,
    "logs:DeleteLogDelivery": `${NO_RESOURCE}: deliveries are the account's`,
    "logs:ListLogDeliveries": `${NO_RESOURCE}: deliveries are the account's`,
    "logs:PutResourcePolicy": `${NO_RESOURCE}: resource policies are the account's`,
    "logs:DescribeResourcePolicies": `${NO_RESOURCE}: resource policies are the account's`,
    "logs:DescribeLogGroups": `${NO_RESOURCE} where groups are listed`,
    VpcEndpoint:
        "the execution role's own policies name what it may use, and ECR's bucket of layers holds nothing but images",
};

const reasonOf = (where: string, action: string): string | undefined =>
    [where, action, `${where} ${action}`].find((key) => key in REASONS);

const own = (name: string): Step => ({
    name,
    image: { build: { folder: `containers/${name}` } },
    artifact: { path: `models/${name}` },
});
const xgboost: Step = {
    name: "predict",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { uri: "s3://models/trees/", compression: "none" },
    access: {
        objects: ["arn:aws:s3:::models/more/*"],
        repositories: ["arn:aws:ecr:eu-west-1:123456789012:repository/more"],
    },
};
const many: Step = { ...own("many"), artifact: { models: "models/many" }, multiModel: {} };
const tensor = (name: string) => ({ name, dataType: "TYPE_FP32", dims: [4] }) as const;
const triton: Step = {
    name: "triton",
    image: { mirror: "nvcr.io/nvidia/tritonserver:24.09-py3" },
    artifact: { path: "models/line" },
    triton: {
        name: "line",
        maxBatchSize: 8,
        inputs: [tensor("X")],
        outputs: [tensor("Y")],
        steps: [{ modelName: "predict", inputMap: { X: "X" }, outputMap: { Y: "Y" } }],
        models: [
            {
                name: "predict",
                backend: "python",
                maxBatchSize: 8,
                inputs: [tensor("X")],
                outputs: [tensor("Y")],
                compute: { kind: "cpu" },
            },
        ],
    },
};

const scaling = { min: 2, max: 3, target: { invocationsPerInstance: 100 } };
const realTime: EndpointSettings = {
    scaling,
    dataCapture: {},
    deployment: { type: "canary", size: { percent: 10 }, rollback: { alarms: ["others"] } },
    callers: [{ name: "web" }],
};
const queued: EndpointSettings = {
    async: { successTopic: "create", errorTopic: "create" },
    scaling: { min: 0, max: 3, target: { backlogPerInstance: 5 } },
    callers: [{ name: "web" }],
};
const transform = { contentType: "text/csv", startOn: "manifest", notify: ["ml@example.com"] } as const;
const watched = {
    dashboard: true,
    alarms: { notify: { subscribers: ["ml@example.com"] } },
    key: { make: {} },
} as const;
const made: NetworkSettings = { isolation: true, vpc: { make: {} } };
const given: NetworkSettings = { vpc: { subnetIds: ["subnet-01234567", "subnet-89abcdef"] } };

/** All that can be on together, on each pattern; what excludes each other in stacks of its own. */
const STACKS: Readonly<Record<string, Settings>> = {
    "inference-container": {
        pattern: "inference-container",
        steps: [own("own")],
        endpoint: realTime,
        transform,
        network: made,
        ...watched,
    },
    "an asynchronous endpoint": {
        pattern: "inference-container",
        steps: [own("own")],
        endpoint: queued,
        transform,
        network: given,
        ...watched,
    },
    "a serverless endpoint": {
        pattern: "inference-container",
        steps: [own("own")],
        endpoint: { serverless: { memoryMiB: 2048, maxConcurrency: 5 } },
        ...watched,
    },
    "inference-pipeline": {
        pattern: "inference-pipeline",
        steps: [own("own"), xgboost],
        endpoint: realTime,
        transform,
        network: made,
        ...watched,
    },
    "model-ensemble": {
        pattern: "model-ensemble",
        steps: [own("own"), own("other")],
        endpoint: realTime,
        transform,
        network: given,
        ...watched,
    },
    "multi-model-pipeline": {
        pattern: "multi-model-pipeline",
        steps: [own("own"), many],
        endpoint: { ...realTime, callers: [{ name: "web", targetModels: ["europe/*"] }] },
        network: made,
        ...watched,
    },
    "triton-ensemble": { pattern: "triton-ensemble", steps: [triton], endpoint: realTime, network: made, ...watched },
};

describe("the policies that the program makes", () => {
    let folder: ProjectFolder;
    const byStack = new Map<string, Found[]>();
    const all = () => [...byStack.values()].flat();
    before(async () => {
        folder = projectFolder({
            "containers/own/Dockerfile": "FROM scratch",
            "containers/other/Dockerfile": "FROM scratch",
            "containers/many/Dockerfile": "FROM scratch",
            "models/own/model.bin": "weights",
            "models/other/model.bin": "weights",
            "models/many/europe/model.bin": "weights",
            "models/line/predict/1/model.py": "predict",
        });
        for (const [name, settings] of Object.entries(STACKS)) {
            byStack.set(name, found(await record(() => deployPattern(settings))));
        }
    });
    after(() => {
        folder.remove();
    });

    it("are found of every kind, those for callers among them", () => {
        const kinds = new Set(all().map(({ where }) => where));
        expect([...kinds]).to.include.members([
            "Role",
            "RolePolicy",
            "BucketPolicy",
            "TopicPolicy",
            "QueuePolicy",
            "RepositoryPolicy",
            "KeyPolicy",
            "VpcEndpoint",
            "InferenceContainer", // its callers'
        ]);
    });

    for (const stack of Object.keys(STACKS)) {
        const allowed = () => (byStack.get(stack) ?? []).filter(({ statement }) => statement.Effect === "Allow");

        it(`allow nothing on all resources but where there is a reason: ${stack}`, () => {
            expect(allowed()).to.have.length.above(4);
            const unreasoned = allowed().flatMap(({ where, statement }) =>
                list(statement.Resource).some(isWide)
                    ? list(statement.Action)
                          .filter((action) => reasonOf(where, action) === undefined)
                          .map(
                              (action) =>
                                  `${where} ${statement.Sid}: ${action} on ${list(statement.Resource).join(", ")}`,
                          )
                    : [],
            );
            expect(unreasoned).to.deep.equal([]);
        });

        it(`allow no actions by a pattern: ${stack}`, () => {
            const patterns = allowed().flatMap(({ statement }) =>
                list(statement.Action).filter((action) => action.includes("*")),
            );
            expect(patterns).to.deep.equal([]);
        });

        it(`allow nobody in particular nothing without a condition: ${stack}`, () => {
            const open = allowed().filter(
                ({ statement: { Principal, Condition, Sid } }) =>
                    JSON.stringify(Principal ?? {}).includes('"*"') && Condition === undefined && Sid !== "ImageLayers",
            );
            expect(open).to.deep.equal([]);
        });
    }

    it("use every reason that is given", () => {
        const used = new Set(
            all().flatMap(({ where, statement }) =>
                statement.Effect === "Allow" && list(statement.Resource).some(isWide)
                    ? list(statement.Action).map((action) => reasonOf(where, action))
                    : [],
            ),
        );
        expect(Object.keys(REASONS).filter((reason) => !used.has(reason))).to.deep.equal([]);
    });

    it("would be found out", () => {
        for (const wide of [
            "*",
            "arn:aws:s3:::*",
            "arn:aws:s3:::bucket/*",
            "arn:aws:ecr:eu-west-1:*:repository/name",
            "arn:aws:ec2:eu-west-1:1:network-interface/*",
        ])
            expect(isWide(wide), wide).to.equal(true);
        for (const narrow of [
            "arn:aws:s3:::bucket/folder/*",
            "arn:aws:logs:eu-west-1:1:log-group:/aws/x:*",
            "arn:aws:kms:eu-west-1:1:key/x",
        ])
            expect(isWide(narrow), narrow).to.equal(false);
    });
});

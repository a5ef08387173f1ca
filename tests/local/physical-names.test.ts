import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";

interface Registered {
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** Inputs that give a resource a fixed physical name, where its type's is another than `name`; of a bucket's parts it is the bucket's. */
const NAMED_BY: Readonly<Record<string, string>> = {
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmName",
    "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
    "aws:s3/bucket:Bucket": "bucket",
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup": "modelPackageGroupName",
};

/** Stacks of which a file lists every resource with all it is given. */
const stacks = readdirSync(".").flatMap((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? []);

/** `type name` of all resources of a stack whose names are fixed; the engine makes up all others, with random digits. */
function fixedNames(stack: string): string[] {
    const resources = JSON.parse(readFileSync(`tests/golden/${stack}.json`, "utf8")) as readonly Registered[];
    return resources.flatMap(({ type, inputs }) => {
        const name = type.startsWith("aws:") ? inputs[NAMED_BY[type] ?? "name"] : undefined;
        return typeof name === "string" ? [`${type} ${name}`] : [];
    });
}

describe("physical names that are fixed", () => {
    it("are seen", () => {
        expect(fixedNames("prod").map((name) => name.split(":").at(-1))).to.include.members([
            "Endpoint serial-inference-prod",
            "LogGroup /aws/sagemaker/Endpoints/serial-inference-prod",
            "Budget serial-inference-prod",
            "CompositeAlarm serial-inference-prod/page",
            "Dashboard serial-inference-prod-us-east-1",
        ]);
    });

    it("are no two stacks' of one project", () => {
        const all = stacks.flatMap(fixedNames);
        expect(all.filter((name, index) => all.indexOf(name) !== index)).to.deep.equal([]);
    });

    for (const stack of stacks) {
        it(`have the project's and the stack's in them: ${stack}`, () => {
            const others = fixedNames(stack).filter((name) => !name.includes(`serial-inference-${stack}`));
            expect(others).to.deep.equal([]);
        });
    }
});

import { expect } from "chai";
import { locator } from "../../../local/review/locate.ts";
import { sarif } from "../../../local/review/sarif.ts";
import { Fields } from "../../../policy/framework/fields.ts";
import type { Finding } from "../../../policy/framework/review.ts";
import { rules } from "../../../policy/rules/index.ts";

const STACK = `config:
  aws:region: us-east-1
  serial-inference:steps:
    - name: clean
      image: { mirror: x }
    - name: predict
      image: { mirror: y }
  serial-inference:endpoint:
    instanceType: ml.m5.large
`;
const [rule] = rules;
if (rule === undefined) throw new Error("there are no rules");

const finding = (type: string, name: string, path?: string, level: Finding["level"] = "mandatory"): Finding => ({
    rule,
    level,
    message: "It is wrong. Put it right.",
    resource: { urn: `urn:pulumi:x::y::${type}::${name}`, type, name, properties: new Fields({}) },
    ...(path !== undefined && { path }),
});

describe("the line that a finding is shown at", () => {
    const lineOf = locator(STACK);
    const MODEL = "aws:sagemaker/model:Model";

    it("is the step whose container or resource it is, or the endpoint", () => {
        expect(lineOf(finding(MODEL, "api", "primaryContainer.image"))).to.equal(4);
        expect(lineOf(finding(MODEL, "api", "containers[1].image"))).to.equal(6);
        expect(lineOf(finding("aws:ecr/repository:Repository", "api-predict"))).to.equal(6);
        expect(lineOf(finding("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "api"))).to.equal(9);
    });

    it("is the first where the file says nothing of it", () => {
        expect(lineOf(finding("aws:s3/bucket:Bucket", "api"))).to.equal(1);
        expect(lineOf(finding(MODEL, "api", "containers[7].image"))).to.equal(1);
        expect(lineOf({ rule, level: "advisory", message: "It is wrong. Put it right." })).to.equal(1);
        expect(locator("config: {}\n")(finding("aws:sagemaker/endpoint:Endpoint", "api"))).to.equal(1);
    });
});

describe("findings as SARIF", () => {
    const findings = [
        finding("aws:sagemaker/model:Model", "api", "containers[1].image"),
        finding("aws:s3/bucket:Bucket", "api", undefined, "advisory"),
    ];
    const written = sarif({ rules, findings, file: "Pulumi.x.yaml", lineOf: locator(STACK) });
    const [run] = written.runs;

    it("is a log of version 2.1.0 with one run, whose results name its rules by their place", () => {
        expect(written.version).to.equal("2.1.0");
        expect(written.runs).to.have.length(1);
        for (const { ruleId, ruleIndex } of run?.results ?? []) {
            expect(run?.tool.driver.rules[ruleIndex]?.id).to.equal(ruleId);
        }
    });

    it("has a location in the stack file for each result, and the resource as a logical one", () => {
        expect(run?.results.map(({ level }) => level)).to.deep.equal(["error", "warning"]);
        const [location] = run?.results[0]?.locations ?? [];
        expect(location?.physicalLocation).to.deep.equal({
            artifactLocation: { uri: "Pulumi.x.yaml", uriBaseId: "ROOT" },
            region: { startLine: 6 },
        });
        expect(location?.logicalLocations?.[0]?.fullyQualifiedName).to.equal(findings[0]?.resource?.urn);
        expect(run?.originalUriBaseIds).to.have.property("ROOT");
    });

    it("tells results apart by a fingerprint that does not hang on lines", () => {
        const prints = run?.results.map(({ partialFingerprints }) => partialFingerprints["finding/v1"]);
        expect(new Set(prints).size).to.equal(2);
        const moved = sarif({ rules, findings, file: "Pulumi.x.yaml", lineOf: () => 99 });
        expect(
            moved.runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints["finding/v1"]),
        ).to.deep.equal(prints);
    });
});

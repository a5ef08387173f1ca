import { createHash } from "node:crypto";
import type { Finding } from "../../policy/framework/review.ts";
import type { Rule } from "../../policy/framework/rule.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

interface SarifArgs {
    readonly rules: readonly Rule[];
    readonly findings: readonly Finding[];
    /** The file that findings are shown at, relative to the project's root. */
    readonly file: string;
    readonly lineOf: (finding: Finding) => number;
}

const levelOf = ({ level }: Pick<Finding, "level">): "error" | "warning" =>
    level === "mandatory" ? "error" : "warning";

/** What tells a finding from others, and stays the same while the lines of the file move. */
const fingerprint = ({ rule, resource, path, message }: Finding): string =>
    createHash("sha256")
        .update([rule.id, resource?.urn, path ?? message].join("\n"))
        .digest("hex");

/**
 * Findings for code hosts.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif = ({ rules, findings, file, lineOf }: SarifArgs) => ({
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
        {
            tool: {
                driver: {
                    name: "sagemaker-hosting",
                    rules: rules.map(({ id, title, why, remediation, controls }) => ({
                        id,
                        shortDescription: { text: title },
                        fullDescription: { text: why },
                        help: { text: remediation },
                        properties: { tags: controls.map((control) => `${control.standard} ${control.id}`) },
                    })),
                },
            },
            originalUriBaseIds: { ROOT: { description: { text: "The root of the project." } } },
            results: findings.map((finding) => ({
                ruleId: finding.rule.id,
                ruleIndex: rules.indexOf(finding.rule),
                level: levelOf(finding),
                message: { text: finding.message },
                locations: [
                    {
                        physicalLocation: {
                            artifactLocation: { uri: file, uriBaseId: "ROOT" },
                            region: { startLine: lineOf(finding) },
                        },
                        ...(finding.resource && {
                            logicalLocations: [
                                {
                                    name: finding.resource.name,
                                    fullyQualifiedName: finding.resource.urn,
                                    kind: "resource",
                                },
                            ],
                        }),
                    },
                ],
                partialFingerprints: { "finding/v1": fingerprint(finding) },
            })),
        },
    ],
});

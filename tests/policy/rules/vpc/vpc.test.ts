import { expect } from "chai";
import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { securityGroupEgress } from "../../../../policy/rules/vpc/security-group-egress.ts";
import { securityGroupIngress } from "../../../../policy/rules/vpc/security-group-ingress.ts";
import { subnetPublicIp } from "../../../../policy/rules/vpc/subnet-public-ip.ts";
import { vpcEndpointPrivateDns } from "../../../../policy/rules/vpc/vpc-endpoint-private-dns.ts";
import { vpcFlowLogs } from "../../../../policy/rules/vpc/vpc-flow-logs.ts";
import { describeRule } from "../../describe-rule.ts";
import { type Given, judged, saying } from "../../judged.ts";

const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443 };
describeRule(securityGroupIngress, {
    passes: {
        "addresses of one's own": { ingress: [{ ...HTTPS, cidrBlocks: ["10.0.0.0/16"] }] },
        nothing: {},
        "what goes out": { egress: [{ ...HTTPS, cidrBlocks: ["0.0.0.0/0"] }] },
    },
    fails: {
        "the internet, by either protocol": [
            {
                ingress: [
                    { ...HTTPS, cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"] },
                    { ...HTTPS, ipv6CidrBlocks: ["::/0"] },
                ],
            },
            "ingress[0].cidrBlocks lets 0.0.0.0/0 in; accepted: addresses or groups of one's own",
            "ingress[1].ipv6CidrBlocks lets ::/0 in; accepted: addresses or groups of one's own",
        ],
    },
    waits: {
        "a range that is not known": [{ ingress: [{ cidrBlocks: [NOT_KNOWN] }] }, "it: ingress[0].cidrBlocks[0]"],
    },
});

describeRule(securityGroupEgress, {
    passes: {
        "HTTPS to everywhere": { egress: [{ ...HTTPS, cidrBlocks: ["0.0.0.0/0"] }] },
        "everything to one's own": { egress: [{ protocol: "-1", cidrBlocks: ["10.0.0.0/16"] }] },
    },
    fails: {
        "everything to everywhere": [
            { egress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] },
            "egress[0].cidrBlocks lets all protocols out to 0.0.0.0/0; accepted: a protocol and port, or a destination",
        ],
    },
});

describe("rules of a security group that are resources", () => {
    const said = (rule: typeof securityGroupIngress, type: string, properties: object) =>
        judged(rule, { ...properties }, {}, { type }).messages;
    const OPEN = { cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" };
    const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
    const EITHER = "aws:ec2/securityGroupRule:SecurityGroupRule";
    const legacy = (type: string) => ({ type, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] });

    it("are held to the direction that they have", () => {
        const inward = saying(
            securityGroupIngress,
            "cidrIpv4 lets 0.0.0.0/0 in; accepted: addresses or groups of one's own",
        );
        const outward = saying(
            securityGroupEgress,
            "cidrIpv4 lets all protocols out to 0.0.0.0/0; accepted: a protocol and port, or a destination",
        );
        expect(said(securityGroupIngress, INGRESS, OPEN)).to.deep.equal([inward]);
        expect(said(securityGroupIngress, EGRESS, OPEN)).to.deep.equal([]);
        expect(said(securityGroupEgress, EGRESS, OPEN)).to.deep.equal([outward]);
        expect(said(securityGroupEgress, INGRESS, OPEN)).to.deep.equal([]);
        expect(said(securityGroupIngress, EITHER, legacy("ingress"))).to.have.length(1);
        expect(said(securityGroupIngress, EITHER, legacy("egress"))).to.deep.equal([]);
        expect(said(securityGroupEgress, EITHER, legacy("egress"))).to.have.length(1);
    });
});

const vpc: Given = { type: "aws:ec2/vpc:Vpc", name: "network", properties: { id: "vpc-1" } };
const flowLog = (vpcId: unknown): Given => ({ type: "aws:ec2/flowLog:FlowLog", name: "flow", properties: { vpcId } });
describeRule(vpcFlowLogs, {
    passes: { "a VPC that is recorded": [vpc, flowLog("vpc-1")] },
    fails: { "another's record": [[vpc, flowLog("vpc-2")], "no flow log names the VPC; accepted: one"] },
    waits: {
        "one that may be its own": [[{ ...vpc, properties: { id: NOT_KNOWN } }, flowLog(NOT_KNOWN)], "network: vpcId"],
    },
});

describeRule(vpcEndpointPrivateDns, {
    passes: {
        "an interface with the service's name": { vpcEndpointType: "Interface", privateDnsEnabled: true },
        "one to a service that is not AWS's": {
            vpcEndpointType: "Interface",
            serviceName: "com.amazonaws.vpce.eu-west-1.vpce-svc-1",
        },
        "a gateway, which has none": { vpcEndpointType: "Gateway" },
    },
    fails: {
        "one without": [{ vpcEndpointType: "Interface" }, "privateDnsEnabled is not set; accepted: true"],
    },
});

describeRule(subnetPublicIp, {
    passes: { "AWS's default": {}, none: { mapPublicIpOnLaunch: false } },
    fails: { "public addresses": [{ mapPublicIpOnLaunch: true }, "mapPublicIpOnLaunch is true; accepted: false"] },
});

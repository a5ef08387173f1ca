import type { Rule } from "../../framework/rule.ts";
import { securityGroupEgress } from "./security-group-egress.ts";
import { securityGroupIngress } from "./security-group-ingress.ts";
import { subnetPublicIp } from "./subnet-public-ip.ts";
import { vpcEndpointPrivateDns } from "./vpc-endpoint-private-dns.ts";
import { vpcFlowLogs } from "./vpc-flow-logs.ts";

export const vpcRules: readonly Rule[] = [
    securityGroupIngress,
    securityGroupEgress,
    vpcFlowLogs,
    vpcEndpointPrivateDns,
    subnetPublicIp,
];

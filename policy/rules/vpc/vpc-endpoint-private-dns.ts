import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";

export const vpcEndpointPrivateDns = resourceRule({
    id: "vpc-endpoint-private-dns",
    title: "An interface endpoint answers under the service's own name.",
    why: "Without private DNS the SDKs of a container go on asking for the public address, which a VPC without internet does not reach.",
    controls: [{ standard: "ours", id: "containers find the endpoint" }],
    remediation: "Set privateDnsEnabled to true.",
    level: RAISED,
    types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
    check: ({ properties: endpoint }) => {
        if (endpoint.text("vpcEndpointType") !== "Interface" || endpoint.flag("privateDnsEnabled") === true) return [];
        if ((endpoint.text("serviceName") ?? "").startsWith("com.amazonaws.vpce.")) return []; // somebody else's, which may have no name
        const found = endpoint.has("privateDnsEnabled") ? "is false" : "is not set";
        return [endpoint.problem("privateDnsEnabled", `${found}; accepted: true`)];
    },
});

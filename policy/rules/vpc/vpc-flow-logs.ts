import { eachResource } from "../../framework/each.ts";
import { IN_PROD } from "../../framework/level.ts";
import { attached } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";

const VPC = "aws:ec2/vpc:Vpc";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const vpcFlowLogs = stackRule({
    id: "vpc-flow-logs",
    title: "The traffic of a VPC is recorded.",
    why: "Whether a container sent something away, and where to, is in no other log.",
    controls: [
        { standard: "Checkov", id: "CKV2_AWS_11" },
        { standard: "Security Hub", id: "EC2.6" },
        { standard: "AWS Config", id: "vpc-flow-logs-enabled" },
    ],
    remediation: "Add an aws.ec2.FlowLog of the VPC.",
    level: IN_PROD,
    check: (stack) =>
        eachResource(stack.ofType(VPC), (vpc) =>
            attached(stack, [FLOW_LOG], "vpcId", vpc, "id").length > 0
                ? []
                : [{ message: "no flow log names the VPC; accepted: one" }],
        ),
});

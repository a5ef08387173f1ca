import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Budget, planBudget } from "../plans/budget.ts";

export interface StackBudgetArgs {
    readonly budget: Budget;
    /** Value of the tag that all resources of the stack have. */
    readonly stack: string;
}

/** What a stack is to cost in a month, told from others by its tag. AWS has budgets in one list for all regions of an account. */
export class StackBudget extends pulumi.ComponentResource {
    constructor(name: string, { budget, stack }: StackBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:StackBudget", name, {}, opts);
        new aws.budgets.Budget(name, { name: stack, ...planBudget(budget, stack) }, { parent: this });
        this.registerOutputs({});
    }
}

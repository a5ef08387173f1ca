/** Whether an instance type takes more load by CPU credits than it can keep up, such as `ml.t2.medium`. */
export const isBurstable = (instanceType: string): boolean => /^ml\.t\d/.test(instanceType);

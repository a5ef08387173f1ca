/**
 * Why an endpoint is not what was asked for: SageMaker goes back to the old configuration where a deployment fails or an alarm trips, and
 * the provider reports an update that has succeeded.
 */
export function liveConfigurationProblems(live: string, wanted: string): string[] {
    if (live === wanted) return [];
    return [
        `it is on configuration "${live}", not on "${wanted}": SageMaker rolled the update back, and the old model goes on serving. ` +
            "See why: aws sagemaker describe-endpoint, the rollback alarms, and the log group of the endpoint. " +
            "Nothing was deleted: fix the cause and run pulumi up again, or go back to the program that was deployed before",
    ];
}

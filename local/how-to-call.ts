import type { Sample } from "../plans/settings.ts";

/** Ready-made ways to call the endpoint, for a terminal. */
export function howToCall(origin: string, endpointName: string, sample: Sample | undefined): string {
    const {
        body,
        contentType,
        accept = "application/json",
        targetModel,
        targetContainer,
    } = sample ?? { body: "FILE", contentType: "application/json", targetModel: undefined, targetContainer: undefined };
    const targets = [
        { header: "Target-Model", argument: "TargetModel", value: targetModel },
        { header: "Target-Container-Hostname", argument: "TargetContainerHostname", value: targetContainer },
    ].filter(({ value }) => value !== undefined);
    const header = targets.map((target) => ` -H 'X-Amzn-SageMaker-${target.header}: ${target.value ?? ""}'`).join("");
    const argument = targets.map((target) => ` ${target.argument}="${target.value ?? ""}",`).join("");
    return `
  curl ${origin}/endpoints/${endpointName}/invocations \\
      -H 'Content-Type: ${contentType}' -H 'Accept: ${accept}'${header} --data-binary @${body}

  import boto3
  runtime = boto3.client("sagemaker-runtime", endpoint_url="${origin}", region_name="us-east-1",
                         aws_access_key_id="any", aws_secret_access_key="any")
  answer = runtime.invoke_endpoint(EndpointName="${endpointName}",${argument} ContentType="${contentType}",
                                   Accept="${accept}", Body=open("${body}", "rb"))
  print(answer["Body"].read())

  every AWS SDK and the CLI: export AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=${origin}
  metrics: ${origin}/metrics      stop: Ctrl-C
`;
}

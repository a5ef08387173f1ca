import type { Sample } from "../plans/settings.ts";

/** Ready-made ways to call the endpoint, for a terminal. */
export function howToCall(origin: string, endpointName: string, sample: Sample | undefined): string {
    const {
        body,
        contentType,
        accept = "application/json",
        targetModel,
    } = sample ?? { body: "FILE", contentType: "application/json", targetModel: undefined };
    const header = targetModel === undefined ? "" : ` -H 'X-Amzn-SageMaker-Target-Model: ${targetModel}'`;
    const argument = targetModel === undefined ? "" : ` TargetModel="${targetModel}",`;
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

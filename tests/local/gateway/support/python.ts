import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** Runs the Python that has boto3 and the AWS CLI, with no AWS settings but the gateway's URL; resolves to what it printed. */
export async function python(url: string, args: readonly string[], input = "", env: NodeJS.ProcessEnv = {}) {
    const interpreter = process.env["CLIENTS_PYTHON"];
    if (interpreter === undefined) {
        throw new Error(
            "CLIENTS_PYTHON is not set; it names a Python interpreter with the packages of tests/local/requirements.txt",
        );
    }
    const child = spawn(interpreter, args, {
        env: {
            PATH: process.env["PATH"],
            AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: url,
            AWS_DEFAULT_REGION: "us-east-1",
            AWS_EC2_METADATA_DISABLED: "true",
            AWS_CONFIG_FILE: "absent",
            AWS_SHARED_CREDENTIALS_FILE: "absent",
            ...env,
        },
    });
    child.stdin.end(input);
    const closed = new Promise<number | null>((resolve, reject) => {
        child.on("error", reject).on("close", resolve);
    });
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, stdout, stderr };
}

/** Any credentials do: the gateway does not look at signatures. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: "any", AWS_SECRET_ACCESS_KEY: "any" };

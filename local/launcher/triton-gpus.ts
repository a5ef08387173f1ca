import { join } from "node:path";
import type { HostedContainer } from "../graph/hosted-model.ts";
import type { Python } from "./python.ts";
import { runCommand } from "./run-command.ts";

/** Where the package triton_server lies, of which this part needs no other package. */
const CONTAINERS = join(import.meta.dirname, "../../containers");
/** What the plan sets for every ensemble. */
const DEFAULT_MODEL = "SAGEMAKER_TRITON_DEFAULT_MODEL_NAME";

/** Whether Triton serves the container, by a Dockerfile here or by an image from elsewhere. */
export const isTritonContainer = ({ image, environment }: Pick<HostedContainer, "image" | "environment">): boolean =>
    image.kind === "built"
        ? image.target === "triton-server"
        : DEFAULT_MODEL in environment || /\btritonserver\b/.test(image.reference);

const tritonServer = (python: Python, args: readonly string[], log?: (line: string) => void): Promise<string> =>
    runCommand(
        {
            python: python.executable,
            command: [python.executable, "-m", "triton_server", ...args],
            environment: { ...process.env, PYTHONPATH: CONTAINERS },
        },
        log,
    );

/** How many NVIDIA GPUs this machine has, by their driver. */
export const countGpus = async (python: Python): Promise<number> => Number(await tritonServer(python, ["gpus"]));

/**
 * Lets the models of a repository that want a GPU run on CPU where this machine has none.
 * @param log hears which they are
 */
export async function adaptRepository(python: Python, folder: string, log: (line: string) => void): Promise<void> {
    await tritonServer(python, ["adapt", folder], log);
}

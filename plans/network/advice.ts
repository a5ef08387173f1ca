import type { Step } from "../step.ts";
import type { NetworkSettings } from "./settings.ts";

/**
 * AWS's images of which AWS says, or has said, that they do not work in isolation, since they download from S3.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
 */
const DOWNLOADING =
    /^(sagemaker-(scikit-learn|pytorch|tensorflow|chainer|rl)|pytorch-inference|tensorflow-inference|semantic-segmentation)/;

/** What to expect of the network, for somebody to read. */
export const networkAdvice = ({ isolation = false }: NetworkSettings, steps: readonly Step[]): string[] =>
    steps.flatMap(({ name, image }) =>
        isolation && "prebuilt" in image && DOWNLOADING.test(image.prebuilt.name)
            ? [
                  `network.isolation: AWS lists ${image.prebuilt.name}, of step "${name}", among images that download from S3, which isolated containers cannot; ` +
                      "have the code in the artifact, and try it before production",
              ]
            : [],
    );

import { expect } from "chai";
import { repositoryFiles } from "../../../plans/triton/repository.ts";
import { PLAIN } from "../../support/triton/model-cases.ts";

describe("repositoryFiles", () => {
    const tensor = (name: string) => ({ name, dataType: "TYPE_FP32", dims: [6] }) as const;
    const files = repositoryFiles({
        name: "scans",
        maxBatchSize: 4,
        inputs: [tensor("page")],
        outputs: [tensor("text")],
        steps: [{ modelName: "model", inputMap: { IN: "page" }, outputMap: { OUT: "text" } }],
        models: [{ ...PLAIN, dynamicBatching: { preferredBatchSize: [2, 4], maxQueueDelayMicroseconds: 500 } }],
    });

    it("are the configurations, and a version for the ensemble, which has no files", () => {
        expect(Object.keys(files)).to.deep.equal(["model/config.pbtxt", "scans/config.pbtxt", "scans/1/README"]);
    });

    it("can be read", () => {
        expect(files["scans/config.pbtxt"]).to.equal(`name: "scans"
platform: "ensemble"
max_batch_size: 4
input {
  name: "page"
  data_type: TYPE_FP32
  dims: [6]
}
output {
  name: "text"
  data_type: TYPE_FP32
  dims: [6]
}
ensemble_scheduling {
  step {
    model_name: "model"
    model_version: -1
    input_map {
      key: "IN"
      value: "page"
    }
    output_map {
      key: "OUT"
      value: "text"
    }
  }
}
`);
        expect(files["model/config.pbtxt"]).to.contain(`dynamic_batching {
  preferred_batch_size: [2, 4]
  max_queue_delay_microseconds: 500
}`);
    });
});

"""Reads a JSON list of config.pbtxt texts, and prints what each says, as JSON, by NVIDIA's own description of ModelConfig."""

import importlib.util
import json
import sys
from pathlib import Path

from google.protobuf import text_format
from google.protobuf.json_format import MessageToDict

# tritonclient.grpc would import gRPC, for which nothing is asked here.
package = Path(importlib.util.find_spec("tritonclient").submodule_search_locations[0])
spec = importlib.util.spec_from_file_location("model_config_pb2", package / "grpc" / "model_config_pb2.py")
model_config_pb2 = importlib.util.module_from_spec(spec)
spec.loader.exec_module(model_config_pb2)

configs = [text_format.Parse(text, model_config_pb2.ModelConfig()) for text in json.load(sys.stdin)]
json.dump([MessageToDict(config, preserving_proto_field_name=True) for config in configs], sys.stdout)

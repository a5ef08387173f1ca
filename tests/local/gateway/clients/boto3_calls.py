"""Makes the calls given as a JSON list on stdin with boto3, and prints what came of each as a JSON list.

A call is {"operation": "invoke_endpoint", "arguments": {…}, "unsigned": false}; Body is text.
"""

import json
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError


def read(response):
    body = response["Body"]
    if hasattr(body, "read"):
        return [body.read().decode()]
    return [event["PayloadPart"]["Bytes"].decode() for event in body]


def outcome(call):
    config = Config(signature_version=UNSIGNED) if call.get("unsigned") else Config()
    client = boto3.client("sagemaker-runtime", config=config)
    try:
        response = getattr(client, call["operation"])(**call["arguments"])
        fields = {name: value for name, value in response.items() if isinstance(value, str)}
        return {"body": read(response), **fields}
    except (ClientError, EventStreamError) as error:
        response = {name: value for name, value in error.response.items() if name not in ("ResponseMetadata", "Error")}
        metadata = error.response.get("ResponseMetadata", {})
        return {
            "exception": type(error).__name__,
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "status": metadata.get("HTTPStatusCode"),
            "retries": metadata.get("RetryAttempts"),
            **response,
        }


print(json.dumps([outcome(call) for call in json.load(sys.stdin)]))

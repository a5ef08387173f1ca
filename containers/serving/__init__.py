"""The step server: serves one handler folder over HTTP, by the contract of the SageMaker Inference Toolkit."""

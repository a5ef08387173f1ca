"""Serves a handler folder on AWS's Inference Toolkit and Multi Model Server, with the step server's settings."""

"""Runs the real Triton Inference Server of the package nvidia-pytriton the way AWS's image runs its own."""

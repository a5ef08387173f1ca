"""Lets the models of a repository that want a GPU run on CPU."""

from dataclasses import dataclass
from pathlib import Path

from triton_server.config_text import BadConfig, Field, Value, read_config

GPU = ("KIND_GPU", "1")
"""By name and by number, both of which the format takes."""
AUTO = ("KIND_AUTO", "0")


@dataclass(frozen=True)
class Edit:
    start: int
    end: int
    text: str


def run_on_cpu(repository: Path) -> list[str]:
    """Rewrites each model's config.pbtxt that has groups or accelerators for a GPU. What else it says stays as it is.

    :returns: a sentence for each model that was changed
    """
    statements = []
    for file in sorted(repository.glob("*/config.pbtxt")):
        text = file.read_text()
        try:
            config = read_config(text)
        except BadConfig:
            continue  # Triton says what is wrong with it
        groups = [edit for group in groups_for_gpu(config) for edit in group_on_cpu(group)]
        accelerators = [Edit(field.start, field.end, "") for field in gpu_accelerators(config)]
        if not groups and not accelerators:
            continue
        for edit in sorted([*groups, *accelerators], key=lambda one: one.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        file.write_text(text)
        without = f", without {' and '.join(names_of(gpu_accelerators(config)))}" if accelerators else ""
        statements.append(
            f"model {file.parent.name} is meant for a GPU, and there is none on this machine: it runs on CPU{without}"
        )
    return statements


def groups_for_gpu(config: list[Field]) -> list[Value]:
    """Instance groups of kind GPU, and those that name GPUs and leave the kind to Triton."""
    groups = [value for field in config if field.name == "instance_group" for value in field.values]
    return [
        group
        for group in groups
        if kind_of(group) in GPU or (kind_of(group) in AUTO and any(field.name == "gpus" for field in group.fields))
    ]


def kind_of(group: Value) -> str:
    kinds = [value.text for field in group.fields if field.name == "kind" for value in field.values]
    return kinds[-1] if kinds else AUTO[0]


def group_on_cpu(group: Value) -> list[Edit]:
    removed = [field for field in group.fields if field.name in ("kind", "gpus")]
    return [
        Edit(group.start + 1, group.start + 1, " kind: KIND_CPU "),
        *(Edit(field.start, field.end, "") for field in removed),
    ]


def gpu_accelerators(config: list[Field]) -> list[Field]:
    return [
        field
        for optimization in messages(config, "optimization")
        for accelerators in messages(optimization, "execution_accelerators")
        for field in accelerators
        if field.name == "gpu_execution_accelerator"
    ]


def messages(fields: list[Field], name: str) -> list[list[Field]]:
    return [value.fields for field in fields if field.name == name for value in field.values]


def names_of(accelerators: list[Field]) -> list[str]:
    """What the accelerators are called, such as tensorrt."""
    return [
        name.text.strip("\"'")
        for accelerator in accelerators
        for value in accelerator.values
        for field in value.fields
        if field.name == "name"
        for name in field.values
    ]

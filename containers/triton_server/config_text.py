"""The text of a config.pbtxt as fields with their places, so that it can be changed without touching anything else."""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"""\s+|\#[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[{}<>\[\]:,;]|[^\s{}<>\[\]:,;"'\#]+|.""")
CLOSING = {"{": "}", "<": ">"}
MARKS = "{}<>[]:,;"


class BadConfig(ValueError):
    """What is not protobuf's text format."""


@dataclass(frozen=True)
class Value:
    text: str
    """A number, a name or a quoted text; { or < where it is a message."""
    start: int
    end: int
    fields: "list[Field]"
    """Of a message."""


@dataclass(frozen=True)
class Field:
    name: str
    start: int
    end: int
    """Behind the comma or semicolon that may follow it."""
    values: list[Value]
    """Any number where it is written as a list, else one."""


def read_config(text: str) -> list[Field]:
    """
    :raises BadConfig: where the text cannot be read
    """
    return Reader(text).fields(None)


class Reader:
    def __init__(self, text: str) -> None:
        found = TOKEN.finditer(text)
        self._tokens = [token for token in found if not (token[0].isspace() or token[0].startswith("#"))]
        self._place = 0

    def fields(self, closing: str | None) -> list[Field]:
        found: list[Field] = []
        while self._place < len(self._tokens):
            name = self._next()
            if name[0] == closing:
                return found
            if name[0] in MARKS:
                raise BadConfig(f"{name[0]} at character {name.start()}, where a field's name is due")
            self._skip(":")
            values = self._values()
            _ = self._skip(",") or self._skip(";")
            found.append(Field(name[0], name.start(), self._end(), values))
        if closing is not None:
            raise BadConfig(f"{closing} is missing at the end")
        return found

    def _values(self) -> list[Value]:
        if not self._skip("["):
            return [self._value()]
        values: list[Value] = []
        while not self._skip("]"):
            values.append(self._value())
            self._skip(",")
        return values

    def _value(self) -> Value:
        token = self._next()
        if token[0] in CLOSING:
            fields = self.fields(CLOSING[token[0]])
            return Value(token[0], token.start(), self._end(), fields)
        if token[0] in MARKS:
            raise BadConfig(f"{token[0]} at character {token.start()}, where a value is due")
        return Value(token[0], token.start(), token.end(), [])

    def _next(self) -> re.Match[str]:
        if self._place == len(self._tokens):
            raise BadConfig("it ends in the middle of a field")
        self._place += 1
        return self._tokens[self._place - 1]

    def _skip(self, text: str) -> bool:
        if self._place < len(self._tokens) and self._tokens[self._place][0] == text:
            self._place += 1
            return True
        return False

    def _end(self) -> int:
        return self._tokens[self._place - 1].end()

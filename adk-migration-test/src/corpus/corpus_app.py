"""Stands for an application: classes that a reader of its database does not have."""

import collections
import dataclasses
import enum
import typing

import pydantic


class Line(pydantic.BaseModel):
    article: str
    price: float


class Order(pydantic.BaseModel):
    number: int
    lines: list[Line]


@dataclasses.dataclass
class Point:
    x: int
    y: int


class Colour(enum.Enum):
    RED = "red"


class Trouble(Exception):
    pass


class Plain:
    def __init__(self):
        self.field = "value"


class Settings(typing.TypedDict):
    theme: str


Pair = collections.namedtuple("Pair", "first second")

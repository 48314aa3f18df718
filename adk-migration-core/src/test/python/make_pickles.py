"""Makes the pickles that PickledValueTests reads: real CPython, real adk-python, all protocols.

    pip install google-adk==2.13.0 numpy pytz
    python make_pickles.py > ../resources/io/github/adkmigration/codec/pickled-values.tsv

Columns: name, protocol, base64 of the pickled EventActions, JSON of the value as adk-python itself writes it.
Values that adk-python only has a text for (objects of unknown classes, numpy) get the JSON that this project
documents, given below as a second element.
"""

import base64
import collections
import datetime as dt
import decimal
import enum
import fractions
import ipaddress
import json
import pathlib
import pickle
import re
import sys
import time
import types
import uuid
import warnings
import zoneinfo

import numpy
import pydantic
import pytz
from google.adk.events.event import Event
from google.adk.events.event_actions import EventActions
from google.genai import types as genai

warnings.simplefilter("ignore")

# Classes of an application, importable under a name that is not this script's.
shop = types.ModuleType("shop_models")
sys.modules["shop_models"] = shop
exec(compile("""
import collections, dataclasses, enum, typing, pydantic

class Plain:
    def __init__(self): self.a = 1; self.b = {"k": None}

class Slotted:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1; self.y = [None]

class Both(Slotted):
    def __init__(self): super().__init__(); self.z = 3

class Nothing: pass

class Text(str): pass
class Number(int): pass
class Mapping(dict): pass
class Items(list): pass

Point = collections.namedtuple("Point", "x y")
Point.__module__ = "shop_models"

class Color(enum.Enum):
    RED = "red"
    PAIR = ("a", 2)

class Level(enum.IntEnum):
    HIGH = 10

class Rights(enum.Flag):
    READ = 1
    WRITE = 2

@dataclasses.dataclass
class Address:
    street: str = "Main St"
    zip: typing.Optional[str] = None

class Order(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")
    number: int = 7
    note: typing.Optional[str] = None
    meta: dict = {"x": None}

class Numbers(pydantic.RootModel[list[int]]): pass

class Keywords:
    def __new__(cls, *, v): return super().__new__(cls)
    def __init__(self, *, v): self.v = v
    def __getnewargs_ex__(self): return (), {"v": self.v}

class Stateless:
    def __reduce__(self): return (Stateless.make, (1, "two"))
    @staticmethod
    def make(*args): return Stateless()
""", "shop_models", "exec"), shop.__dict__)

OURS = object()
UTC = dt.timezone.utc
td = dt.timedelta
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def offset(**kw):
    return dt.timezone(td(**kw))


VALUES = {
    "none": None, "true": True, "false": False,
    "ints": [0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, -2**31, 2**31, 2**63 - 1, -2**63, 2**63, 10**40, -10**40],
    "int_long4": 3**2000,
    "floats": [0.0, -0.0, 1.0, -1.5, 0.1, 1e15, 1e16, 1e17, 1.5e16, 123456789012345680.0, 1e22, 1e-4, 1e-5, 1.25e-7, 5e-324,
               1.7976931348623157e308, 0.30000000000000004, 2.0**-44, 2e-3, 9007199254740993.0],
    "not_finite": [float("nan"), float("inf"), -float("inf")],
    "texts": ["", "ascii", "'\"\\/\b\f\n\r\t", "\x01\x1f\x7f\x80\x9f", "äöü ß", "漢字 \u2028\u2029\ufeff\uffff", "🙂👩‍👩‍👧",
              "x" * 300],
    "long_text": "é" * 35000,
    "dict": {"a": None, "b": {"c": [None, {}]}, "": 1},
    "keys": {1: "i", -2: "n", 2**70: "big", 1.5: "f", 1e22: "e", True: "t", None: "none", (1, 2): "tuple",
             dt.date(2025, 1, 1): "date", uuid.UUID(int=5): "uuid", shop.Color.RED: "enum"},
    "list": [1, "a", None, [2.5], [], {}], "tuple": (1, ("x", None), ()), "tuple4": (1, 2, 3, 4), "many": list(range(1500)),
    "set": {1}, "frozenset": frozenset(["x"]), "empty_set": set(),
    "bytes": b"", "bytes_ascii": b"plain", "bytes_all": bytes(range(256)), "bytearray": bytearray(b"\xff\xfe\x00"),
    "datetime": [dt.datetime(2025, 11, 2, 1, 30), dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999999),
                 dt.datetime(2025, 11, 2, 1, 30, fold=1), dt.datetime(2025, 3, 9, 1, 59, 59, 5)],
    "datetime_zone": [dt.datetime(2025, 6, 1, 12, tzinfo=UTC), dt.datetime(2025, 6, 1, tzinfo=offset(hours=5, minutes=30)),
                      dt.datetime(1969, 12, 31, 23, 59, 59, tzinfo=offset(hours=-3, minutes=-30)),
                      dt.datetime(1900, 1, 1, tzinfo=offset(seconds=3601)), dt.datetime(2025, 1, 1, tzinfo=dt.timezone(td(hours=-5), "EST"))],
    "datetime_region": [dt.datetime(2025, 7, 1, 12, tzinfo=BERLIN), dt.datetime(2025, 1, 1, 12, tzinfo=BERLIN),
                        dt.datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN), dt.datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=BERLIN),
                        dt.datetime(2025, 3, 30, 2, 30, tzinfo=BERLIN), dt.datetime(2025, 3, 30, 2, 30, fold=1, tzinfo=BERLIN)],
    "datetime_pydantic": pydantic.TypeAdapter(dt.datetime).validate_python("2020-01-01T00:00:00+02:00"),
    "datetime_pytz": [dt.datetime(2025, 1, 1, tzinfo=pytz.utc), pytz.timezone("America/New_York").localize(dt.datetime(2025, 7, 1))],
    "date": dt.date(2024, 2, 29),
    "time": [dt.time(1, 2, 3), dt.time(1, 2, 3, 45), dt.time(23, 59, 59, 999999, tzinfo=UTC), dt.time(1, 2, tzinfo=BERLIN),
             dt.time(1, 2, fold=1)],
    "timedelta": [td(0), td(days=1, seconds=7203), td(microseconds=1), td(hours=-1), td(days=10000, seconds=86399, microseconds=5),
                  td(milliseconds=500), td(days=-1), td(days=365), td(hours=-1, microseconds=5), td(days=730, seconds=60),
                  td.max, td.min],
    "timezone": [UTC, offset(hours=5, minutes=30), offset(hours=-3, seconds=-30), dt.timezone(td(hours=1), "X")],
    "zone": [BERLIN],
    "decimal": [decimal.Decimal(x) for x in ("12.3400", "1E+30", "-0.00", "NaN", "-Infinity")],
    "uuid": [uuid.UUID(int=5), uuid.UUID("f47ac10b-58cc-4372-a567-0e02b2c3d479")],
    "complex": [1 - 2j, 2j, 1.5 + 2j, complex(1e22, -1e-7), complex(0.1, -0.0), complex(float("nan"), float("inf"))],
    "ordered": collections.OrderedDict([("z", 1), ("a", None)]), "defaultdict": collections.defaultdict(list, {"a": [1]}),
    "counter": collections.Counter("aab"), "deque": collections.deque([1, 2], maxlen=5), "empty_deque": collections.deque(),
    "struct_time": time.gmtime(0), "fraction": [fractions.Fraction(1, 3), fractions.Fraction(4, 2)],
    "paths": [pathlib.PurePosixPath("/data/file ä.txt"), pathlib.PurePosixPath("a/b"), pathlib.PurePosixPath("/"),
              pathlib.PurePosixPath("."), pathlib.PureWindowsPath("C:\\a\\b")],
    "range": range(1, 9, 2), "slice": [slice(1, None), slice(None, 5, 2)], "pattern": re.compile("a+"),
    "ip": [ipaddress.ip_address("10.0.0.1"), ipaddress.ip_address("::1"), ipaddress.ip_network("2001:db8::/32"),
           ipaddress.ip_interface("10.0.0.1/8")],
    "secret": [pydantic.SecretStr("hidden"), pydantic.SecretStr(""), pydantic.SecretBytes(b"hidden")],
    "url": pydantic.AnyUrl("https://example.com/a?b=c"),
    "exceptions": [ValueError("bad value", 3), ValueError("one"), KeyError("k"), OSError(), RuntimeError([1, "x's", None])],
    "genai_enum": [genai.FinishReason.MAX_TOKENS, genai.Language.PYTHON],
    "genai_part": genai.Part(function_call=genai.FunctionCall(name="f", args={"someArg": None})),
    "genai_bytes": genai.Part(inline_data=genai.Blob(data=b"\xff\xfe>?", mime_type="image/png")),
    "enum": [shop.Color.RED, shop.Color.PAIR, shop.Level.HIGH, shop.Rights.READ, shop.Rights.READ | shop.Rights.WRITE],
    "subclasses": [shop.Text("t"), shop.Number(7), shop.Mapping(a=None), shop.Items([1])],
    "namedtuple": shop.Point(1, None), "dataclass": shop.Address(), "model": shop.Order(extraKey="kept"),
    "root_model": shop.Numbers([1, 2]),
    "ellipsis": [..., NotImplemented], "classes": [int, len],
    "object_plain": (shop.Plain(), {"a": 1, "b": {"k": None}}, OURS),
    "object_slots": (shop.Slotted(), {"x": 1, "y": [None]}, OURS),
    "object_both": (shop.Both(), {"z": 3, "x": 1, "y": [None]}, OURS),
    "object_nothing": (shop.Nothing(), "shop_models.Nothing", OURS),
    "object_keywords": (shop.Keywords(v=3), {"v": 3}, OURS),
    "object_function": (shop.Stateless(), [1, "two"], OURS),
    "namespace": (types.SimpleNamespace(a=1), {"a": 1}, OURS),
    "class_reference": (shop.Order, "shop_models.Order", OURS),
    "numpy_numbers": ([numpy.int64(7), numpy.int8(-3), numpy.uint8(200), numpy.uint64(2**64 - 1), numpy.float64(1.5), numpy.float32(0.5),
                       numpy.bool_(True), numpy.str_("sä🙂")], [7, -3, 200, 2**64 - 1, 1.5, 0.5, True, "sä🙂"], OURS),
    "numpy_array": ([numpy.array([[1.0, 2.0], [3.0, 4.5]]), numpy.array([1, 2, 3], dtype=">i4")], [[[1.0, 2.0], [3.0, 4.5]], [1, 2, 3]], OURS),
    "shared": (lambda x: [x, x, {"a": x}])({"k": [1]}),
}


def dump(actions):
    """What V1 stores."""
    event = Event(author="a", actions=actions).model_dump(mode="json", exclude_none=True)
    return event["actions"]["state_delta"].get("v")


def needs(name):
    """Some values cannot be written in the oldest protocols."""
    return 2 if name in ("object_slots", "object_both", "object_keywords") else 0


for name, value in VALUES.items():
    ours = isinstance(value, tuple) and len(value) == 3 and value[2] is OURS
    actions = EventActions(state_delta={"v": value[0] if ours else value})
    for protocol in range(needs(name), 6):
        try:
            pickled = pickle.dumps(actions, protocol)
        except Exception as failure:
            print(name, protocol, failure, file=sys.stderr)
            continue
        # The oldest protocols do not keep everything, for example which of two equal local times is meant.
        expected = value[1] if ours else dump(pickle.loads(pickled))
        encoded = base64.b64encode(pickled).decode()
        if len(encoded) > 20000 and protocol != 4:
            continue
        print(name, protocol, encoded, json.dumps(expected), sep="\t")

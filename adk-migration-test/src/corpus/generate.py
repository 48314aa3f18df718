"""Pickles EventActions with a real google-adk and writes what the same release makes of them as JSON.

usage: generate.py <output folder>        (see README.md; PYTHONHASHSEED must be 0, so that sets keep their order)

Writes below <output folder>/<release>/:
  <name>.p<protocol>.pickle   what CPython's pickle makes of the object
  <name>.json                 model_dump(mode="json", exclude_none=True), or {"$verdict": ..., "reason": ...}
and <output folder>/hostile/<name>.pickle, which must never be loaded by anything but the reader under test.
"""

import collections
import datetime
import decimal
import enum
import fractions
import ipaddress
import json
import math
import os
import pathlib
import pickle
import pickletools
import random
import re
import struct
import sys
import types as python_types
import uuid
import warnings
import zoneinfo

warnings.simplefilter("ignore")

import google.adk
from fastapi.openapi.models import APIKey, APIKeyIn, HTTPBase, HTTPBearer, OAuth2, OpenIdConnect
from fastapi.openapi.models import (
    OAuthFlowAuthorizationCode,
    OAuthFlowClientCredentials,
    OAuthFlowImplicit,
    OAuthFlowPassword,
    OAuthFlows,
)
from google.adk.auth import auth_credential as credentials
from google.adk.auth import auth_schemes as schemes
from google.adk.auth.auth_tool import AuthConfig
from google.adk.events.event_actions import EventActions
from google.genai import types

import corpus_app

PROTOCOLS = (2, 3, 4, 5)
RELEASE = google.adk.__version__
FIELDS = set(EventActions.model_fields)
MARKER = "adk-hostile-marker"


def state(value):
    return EventActions(state_delta={"value": value})


def values():
    """State values by name: everything that applications were seen to keep in a session, and what they might."""
    shared = ["shared"]
    yield "none", None
    yield "booleans", [True, False]
    yield "integers", [0, 1, -1, 127, 128, 255, 256, -128, -129, 65535, 65536, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1]
    yield "big-integers", [2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**100, -(10**100)]
    yield "huge-integer", 7**3000
    yield "floats", [0.0, -0.0, 0.1, 1.0, -1.5, 1e16, 1e-7, 1e22, 123456789.123456789, 5e-324, 1.7976931348623157e308]
    yield "not-a-number", math.nan
    yield "infinities", [math.inf, -math.inf]
    yield "empty-text", ""
    yield "unicode", ["äöü ß", "漢字", "العربية", "🙂👩‍👩‍👧", "e\u0301", "\u2028\u2029", "\ufeff", "\U0010ffff"]
    yield "control-characters", "".join(chr(c) for c in range(1, 32)) + '"\\/\x7f\x85'
    yield "nul", "before\x00after"
    yield "lone-surrogate", "before\ud800after"
    yield "text-of-255", "x" * 255
    yield "text-of-256", "x" * 256
    yield "text-of-255-two-byte-characters", "ä" * 255
    yield "text-of-65536", "y" * 65536
    yield "bytes-empty", b""
    yield "bytes-utf8", "Grüße".encode()
    yield "bytes-not-utf8", bytes(range(256))
    yield "bytes-of-300", b"b" * 300
    yield "bytearray", bytearray(b"array")
    yield "tuples", [(), (1,), (1, "b"), (1, 2, 3), (1, 2, 3, 4), ((), ((),))]
    yield "lists", [[], [1], [[], [[]]], list(range(1100))]
    yield "set-of-numbers", {3, 1, 2}
    yield "set-of-text", {"b", "a", "c"}
    yield "set-empty", set()
    yield "frozenset", frozenset({"x", "y"})
    yield "dicts", {"": {}, "a": {"b": {"c": None}}, "snake_key": 1, "camelKey": 2, "None": None}
    yield "dict-with-number-keys", {1: "one", 2.5: "float", -3: "minus"}
    yield "dict-with-odd-keys", {None: 1, True: 2}
    yield "dict-with-tuple-keys", {(1, 2): "pair"}
    yield "dict-with-bytes-keys", {b"key": 1}
    yield "dict-with-time-keys", {datetime.date(2025, 11, 2): 1, uuid.UUID(int=1): 2}
    yield "dict-with-colliding-keys", {1: "number", "1": "text"}
    yield "dict-of-1100-keys", {f"key-{i}": i for i in range(1100)}
    yield "datetime-naive", datetime.datetime(2025, 11, 2, 1, 30, 0, 123456)
    yield "datetime-fold", datetime.datetime(2025, 11, 2, 1, 30, fold=1)
    yield "datetime-utc", datetime.datetime(2025, 11, 2, 5, 30, tzinfo=datetime.timezone.utc)
    yield "datetime-offset", datetime.datetime(
        2025, 11, 2, 5, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=45))
    )
    yield "datetime-named-offset", datetime.datetime(
        2025, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=-3, minutes=-30), "NST")
    )
    yield "datetime-zoneinfo", datetime.datetime(2025, 7, 1, 12, tzinfo=zoneinfo.ZoneInfo("America/New_York"))
    yield "datetime-extremes", [datetime.datetime.min, datetime.datetime.max]
    yield "date", datetime.date(2025, 2, 28)
    yield "time", [datetime.time(1, 2, 3), datetime.time(1, 2, 3, 4), datetime.time(1, tzinfo=datetime.timezone.utc)]
    yield "timedelta", [
        datetime.timedelta(0),
        datetime.timedelta(days=1, seconds=2, microseconds=3),
        datetime.timedelta(days=-1, seconds=5),
        datetime.timedelta(weeks=100, milliseconds=7),
    ]
    yield "decimal", [decimal.Decimal("1.10"), decimal.Decimal("-1E+30"), decimal.Decimal("0")]
    yield "decimal-special", [decimal.Decimal("NaN"), decimal.Decimal("Infinity")]
    yield "fraction", fractions.Fraction(1, 3)
    yield "uuid", uuid.UUID("12345678-1234-5678-1234-567812345678")
    yield "complex", [1 + 2j, -1j, 0j]
    yield "enum-of-adk", [credentials.AuthCredentialTypes.OAUTH2, types.Type.STRING]
    yield "enum-flag", re.IGNORECASE
    yield "path", pathlib.PurePosixPath("/tmp/file.txt")
    yield "pattern", re.compile("a+")
    yield "ip-address", [ipaddress.ip_address("192.0.2.1"), ipaddress.ip_network("2001:db8::/32")]
    yield "ordered-dict", collections.OrderedDict([("z", 1), ("a", 2)])
    yield "default-dict", collections.defaultdict(list, {"k": [1]})
    yield "counter", collections.Counter("abca")
    yield "deque", collections.deque([1, 2], maxlen=5)
    yield "range", range(3)
    yield "ellipsis", ...
    yield "class", int
    yield "function", len
    yield "namespace", python_types.SimpleNamespace(a=1)
    yield "exception", ValueError("wrong")
    yield "shared-references", {"first": shared, "second": shared, "third": [shared, shared]}
    yield "nested-200-deep", nested(200)
    yield "nested-300-deep", nested(300)
    yield "genai-content", types.Content(
        role="model",
        parts=[
            types.Part(text="hello"),
            types.Part(inline_data=types.Blob(mime_type="image/png", data=b"\x89PNG\xfb\xff\x00")),
            types.Part(function_call=types.FunctionCall(id="c1", name="f", args={"snake_key": None, "n": [1, None]})),
        ],
    )
    yield "pydantic-in-list", [credentials.HttpCredentials(username="u"), {"x": credentials.OAuth2Auth(state="s")}]
    yield "application-model", corpus_app.Order(number=1, lines=[corpus_app.Line(article="a", price=1.5)])
    yield "application-dataclass", corpus_app.Point(x=1, y=2)
    yield "application-enum", corpus_app.Colour.RED
    yield "application-named-tuple", corpus_app.Pair(1, "two")
    yield "application-object", corpus_app.Plain()
    yield "application-exception", corpus_app.Trouble("bad")
    yield "typed-dict", corpus_app.Settings(theme="dark")


def nested(depth):
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


def auth_configs():
    """Every kind of scheme with every kind of credential that fits it."""
    flows = dict(
        authorizationUrl="https://auth.example/authorize",
        tokenUrl="https://auth.example/token",
        refreshUrl="https://auth.example/refresh",
        scopes={"read": "Read things", "write": ""},
    )

    def flow(kind, *names):
        return kind(**{name: flows[name] for name in ("refreshUrl", "scopes") + names})

    oauth2 = credentials.AuthCredential(
        auth_type=credentials.AuthCredentialTypes.OAUTH2,
        oauth2=credentials.OAuth2Auth(
            client_id="client",
            client_secret="not-a-secret",
            auth_uri="https://auth.example/authorize?x=1&y=ü",
            state="state",
            redirect_uri="https://app.example/callback",
            auth_response_uri="https://app.example/callback?code=1",
            auth_code="code",
            access_token="token",
            refresh_token="refresh",
        ),
    )
    api_key = credentials.AuthCredential(auth_type=credentials.AuthCredentialTypes.API_KEY, api_key="key")
    for place in APIKeyIn:
        yield f"api-key-in-{place.value}", APIKey(**{"in": place, "name": "X-Key", "description": "A key"}), api_key, None
    basic = credentials.HttpAuth(
        scheme="basic", credentials=credentials.HttpCredentials(username="user", password="not-a-secret")
    )
    yield "http-basic", HTTPBase(scheme="basic"), credentials.AuthCredential(
        auth_type=credentials.AuthCredentialTypes.HTTP, http=basic
    ), None
    bearer = credentials.HttpAuth(scheme="bearer", credentials=credentials.HttpCredentials(token="token"))
    yield "http-bearer", HTTPBearer(bearerFormat="JWT"), credentials.AuthCredential(
        auth_type=credentials.AuthCredentialTypes.HTTP, http=bearer
    ), None
    yield "oauth2-code", OAuth2(
        flows=OAuthFlows(authorizationCode=flow(OAuthFlowAuthorizationCode, "authorizationUrl", "tokenUrl"))
    ), oauth2, oauth2.model_copy(deep=True)
    yield "oauth2-all-flows", OAuth2(
        flows=OAuthFlows(
            implicit=flow(OAuthFlowImplicit, "authorizationUrl"),
            password=flow(OAuthFlowPassword, "tokenUrl"),
            clientCredentials=flow(OAuthFlowClientCredentials, "tokenUrl"),
            authorizationCode=flow(OAuthFlowAuthorizationCode, "authorizationUrl", "tokenUrl"),
        )
    ), oauth2, None
    yield "oauth2-without-flows", OAuth2(flows=OAuthFlows()), None, None
    yield "open-id", OpenIdConnect(openIdConnectUrl="https://auth.example/.well-known"), credentials.AuthCredential(
        auth_type=credentials.AuthCredentialTypes.OPEN_ID_CONNECT, oauth2=credentials.OAuth2Auth(client_id="c")
    ), None
    yield "open-id-with-config", schemes.OpenIdConnectWithConfig(
        authorization_endpoint="https://auth.example/authorize",
        token_endpoint="https://auth.example/token",
        userinfo_endpoint="https://auth.example/userinfo",
        revocation_endpoint="https://auth.example/revoke",
        token_endpoint_auth_methods_supported=["client_secret_basic"],
        grant_types_supported=["authorization_code"],
        scopes=["openid", "email"],
    ), oauth2, oauth2
    account = credentials.ServiceAccountCredential(
        type_="service_account",
        project_id="project",
        private_key_id="id",
        private_key="not a key\n",
        client_email="a@project.example",
        client_id="1",
        auth_uri="https://auth.example/auth",
        token_uri="https://auth.example/token",
        auth_provider_x509_cert_url="https://auth.example/certs",
        client_x509_cert_url="https://auth.example/cert",
        universe_domain="example",
    )
    yield "service-account", HTTPBearer(), credentials.AuthCredential(
        auth_type=credentials.AuthCredentialTypes.SERVICE_ACCOUNT,
        service_account=credentials.ServiceAccount(
            service_account_credential=account, scopes=["s1", "s2"], use_default_credential=False
        ),
    ), None
    yield "resource-reference", APIKey(**{"in": "header", "name": "k"}), credentials.AuthCredential(
        auth_type=credentials.AuthCredentialTypes.API_KEY, resource_ref="projects/1/resources/2"
    ), None
    yield "unknown-fields", APIKey(**{"in": "header", "name": "k", "x-vendor": {"a": [1, None]}}), credentials.AuthCredential(
        auth_type=credentials.AuthCredentialTypes.API_KEY, api_key="k", vendorField="kept"
    ), None
    if hasattr(schemes, "ExtendedOAuth2"):
        yield "extended-oauth2", schemes.ExtendedOAuth2(
            flows=OAuthFlows(), issuer_url="https://auth.example"
        ), oauth2, None


def content():
    """A content with every kind of part that this release knows."""
    parts = [
        types.Part(text="summary ü"),
        types.Part(text=""),
        types.Part(thought=True, text="thinking"),
        types.Part(inline_data=types.Blob(mime_type="application/octet-stream", data=bytes(range(0, 256, 5)))),
        types.Part(file_data=types.FileData(file_uri="gs://bucket/file", mime_type="text/plain")),
        types.Part(function_call=types.FunctionCall(id="call", name="tool", args={"aB": 1, "a_b": None, "n": [None]})),
        types.Part(
            function_response=types.FunctionResponse(id="call", name="tool", response={"result": {"x": [1.5, None]}})
        ),
        types.Part(executable_code=types.ExecutableCode(code="print(1)", language=types.Language.PYTHON)),
        types.Part(code_execution_result=types.CodeExecutionResult(outcome=types.Outcome.OUTCOME_OK, output="1\n")),
        types.Part(
            video_metadata=types.VideoMetadata(start_offset="1s", end_offset="2s"),
            file_data=types.FileData(file_uri="gs://bucket/video", mime_type="video/mp4"),
        ),
    ]
    if "thought_signature" in types.Part.model_fields:
        parts.append(types.Part(text="signed", thought_signature=b"\xfb\xff\xfe\x00signature"))
    return types.Content(role="model", parts=parts)


def actions():
    """Every object of the corpus by name."""
    yield "empty", EventActions()
    for name, value in values():
        yield "state-" + name, state(value)
    yield "state-prefixes", EventActions(
        state_delta={"app:theme": "dark", "user:name": "Ada", "temp:token": "t", "plain": 1, "": "empty key"}
    )
    yield "state-of-one-megabyte", EventActions(
        state_delta={f"document-{i:04d}": f"Line {i} of a long text. " * 40 for i in range(1000)}
    )
    yield "skip-summarization", EventActions(skip_summarization=True)
    yield "skip-summarization-false", EventActions(skip_summarization=False)
    yield "artifacts", EventActions(artifact_delta={"report ü.pdf": 0, "user:image.png": 3, "": 2**31})
    yield "transfer", EventActions(transfer_to_agent="billing_agent")
    yield "escalate", EventActions(escalate=True)
    everything = dict(
        skip_summarization=True,
        state_delta={"a": 1, "app:b": [None]},
        artifact_delta={"f": 1},
        transfer_to_agent="x",
        escalate=False,
    )
    all_configs = {}
    for name, scheme, raw, exchanged in auth_configs():
        given = {"raw_auth_credential": raw, "exchanged_auth_credential": exchanged}
        # Old releases refuse None for a credential, though it is the default.
        config = AuthConfig(auth_scheme=scheme, **{key: value for key, value in given.items() if value is not None})
        all_configs["call-" + name] = config
        yield "auth-" + name, EventActions(requested_auth_configs={"call": config})
    everything["requested_auth_configs"] = all_configs
    if "requested_tool_confirmations" in FIELDS:
        from google.adk.tools.tool_confirmation import ToolConfirmation

        confirmations = {
            "plain": ToolConfirmation(),
            "hint": ToolConfirmation(hint="Really? ü", confirmed=True),
            "payload": ToolConfirmation(payload={"amount": 1.5, "none": None, "items": [{"a_b": (1, 2)}]}),
            "text": ToolConfirmation(payload="text"),
            "bytes": ToolConfirmation(payload=b"bytes"),
            "model": ToolConfirmation(payload=credentials.HttpCredentials(token="t")),
        }
        yield "confirmations", EventActions(requested_tool_confirmations=confirmations)
        everything["requested_tool_confirmations"] = confirmations
    if "compaction" in FIELDS:
        from google.adk.events.event_actions import EventCompaction

        compaction = EventCompaction(
            start_timestamp=1762061400.123456, end_timestamp=1762065000.0, compacted_content=content()
        )
        yield "compaction", EventActions(compaction=compaction)
        everything["compaction"] = compaction
    if "agent_state" in FIELDS:
        agent_state = {"current_sub_agent": "a", "times_looped": 2, "nested": {"None": None, "set": {1}, "t": (1,)}}
        yield "agent-state", EventActions(agent_state=agent_state)
        yield "agent-state-empty", EventActions(agent_state={})
        yield "end-of-agent", EventActions(end_of_agent=True, agent_state=None)
        everything.update(agent_state=agent_state, end_of_agent=True)
    if "rewind_before_invocation_id" in FIELDS:
        yield "rewind", EventActions(rewind_before_invocation_id="e-1234")
        everything["rewind_before_invocation_id"] = "e-1"
    yield "all-fields", EventActions(**everything)
    yield "constructed-without-validation", EventActions.model_construct(escalate="yes", state_delta={"a": 1})
    yield "copied-with-update", EventActions(escalate=True).model_copy(update={"transfer_to_agent": "b"})
    recursive = {}
    recursive["self"] = recursive
    yield "state-recursive", EventActions.model_construct(state_delta={"value": recursive})


def typical(count):
    """What most events of a real application hold: nothing, or a few state keys."""
    source = random.Random(20251102)
    for i in range(count):
        kind = source.random()
        if kind < 0.45:
            yield f"typical-{i:02d}", EventActions()
        elif kind < 0.85:
            delta = {
                source.choice(["topic", "user:language", "app:version", "step", "cart", "last_tool"]): source.choice(
                    ["weather in Zürich", "de", 3, 2.5, None, True, [1, 2, 3], {"items": [{"id": "a1", "n": 2}]}]
                )
                for _ in range(source.randint(1, 4))
            }
            yield f"typical-{i:02d}", EventActions(state_delta=delta)
        elif kind < 0.95:
            yield f"typical-{i:02d}", EventActions(artifact_delta={f"report-{i}.pdf": source.randint(0, 5)})
        else:
            yield f"typical-{i:02d}", EventActions(transfer_to_agent="billing_agent", escalate=None)


def readable(value):
    """JSON has no NaN; the same marker as in the fixtures."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": str(value)}
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [readable(item) for item in value]
    return value


def expected(name, value):
    if name.startswith("state-application-"):
        verdict = "UNKNOWN_CLASS"
    else:
        verdict = "UNDUMPABLE"
    try:
        result = readable(value.model_dump(mode="json", exclude_none=True))
        if verdict == "UNKNOWN_CLASS":
            return {"$verdict": verdict, "reason": "class of the application", "json": result}
        return result
    except Exception as error:
        return {"$verdict": verdict, "reason": type(error).__name__ + ": " + str(error)[:200]}


def write_release(folder):
    folder.mkdir(parents=True)
    for name, value in list(actions()) + list(typical(64)):
        protocols = (5,) if name.startswith("typical-") else PROTOCOLS
        try:
            pickles = {protocol: pickle.dumps(value, protocol) for protocol in protocols}
        except Exception as error:
            print(f"{RELEASE} cannot pickle {name}: {error}", file=sys.stderr)
            continue
        for protocol, data in pickles.items():
            (folder / f"{name}.p{protocol}.pickle").write_bytes(data)
        if name == "all-fields":
            (folder / f"{name}-optimized.p4.pickle").write_bytes(pickletools.optimize(pickles[4]))
            (folder / f"{name}-optimized.json").write_text(json.dumps(expected(name, value)))
        (folder / f"{name}.json").write_text(json.dumps(expected(name, value)))


class Evil:
    """Pickles as a call; nothing here ever unpickles it."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def text(value):
    data = value.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(data)) + data


def arguments(values):
    return b"(" + b"".join(text(v) if isinstance(v, str) else b"J" + struct.pack("<i", v) for v in values) + b"t"


def calls():
    touch = f"touch {MARKER}"
    python = f"open('{MARKER}','w').close()"
    yield "os", "system", [touch]
    yield "posix", "system", [touch]
    yield "nt", "system", [touch]
    yield "os", "popen", [touch]
    yield "os", "execv", ["/bin/touch", MARKER]
    yield "os", "remove", ["pom.xml"]
    yield "builtins", "eval", [python]
    yield "builtins", "exec", [python]
    yield "__builtin__", "eval", [python]
    yield "builtins", "compile", [python, "x", "exec"]
    yield "builtins", "__import__", ["os"]
    yield "builtins", "open", [MARKER, "w"]
    yield "builtins", "getattr", ["x", "__class__"]
    yield "builtins", "setattr", ["x", "y", "z"]
    yield "builtins", "globals", []
    yield "builtins", "breakpoint", []
    yield "builtins", "input", []
    yield "builtins", "bytearray", [2**31 - 1]
    yield "builtins", "bytes", [2**31 - 1]
    yield "builtins", "range", [2**31 - 1]
    yield "builtins", "type", ["X"]
    yield "builtins", "object", []
    yield "subprocess", "Popen", [touch]
    yield "subprocess", "check_output", [touch]
    yield "subprocess", "run", [touch]
    yield "importlib", "import_module", ["os"]
    yield "runpy", "run_path", [MARKER]
    yield "socket", "create_connection", ["127.0.0.1"]
    yield "webbrowser", "open", ["http://127.0.0.1:1/"]
    yield "urllib.request", "urlopen", ["http://127.0.0.1:1/"]
    yield "pty", "spawn", [touch]
    yield "shutil", "rmtree", [MARKER]
    yield "ctypes", "CDLL", ["libc.so.6"]
    yield "timeit", "timeit", [python]
    yield "cProfile", "run", [python]
    yield "code", "interact", []
    yield "marshal", "loads", ["x"]
    yield "pickle", "loads", ["x"]
    yield "_pickle", "loads", ["x"]
    yield "pip", "main", ["install"]
    yield "platform", "popen", [touch]
    yield "operator", "attrgetter", ["system"]
    yield "operator", "methodcaller", ["system", touch]
    yield "functools", "partial", ["x"]
    yield "copyreg", "add_extension", ["os", "system", 1]
    yield "copyreg", "_reconstructor", ["x"]
    yield "pydantic.v1.utils", "import_string", ["os.system"]
    yield "pydantic.main", "create_model", ["X"]
    yield "google.adk.events.event_actions", "BaseModel.__subclasses__", []
    yield "google.adk.events.event_actions", "EventActions.__init__", []
    yield "google.adk.events.event_actions", "EventActions.model_validate", ["x"]
    yield "google.adk.events.event_actions", "Optional.__class__", ["x"]
    yield "google.adk.tools.load_memory_tool", "os.system", [touch]
    yield "datetime", "sys.modules", []
    yield "collections", "_sys.exit", []
    yield "decimal", "Decimal.__init__.__globals__", []
    yield "enum", "sys.exit", []
    yield "uuid", "os.system", [touch]


def hostile():
    for module, name, values in calls():
        label = f"{module}.{name}"
        call = arguments(values) + b"R."
        yield f"call-{label}-global", b"\x80\x02c" + f"{module}\n{name}\n".encode() + call
        yield f"call-{label}-stack-global", b"\x80\x04" + text(module) + text(name) + b"\x93" + call
        inst = b"(" + arguments(values)[1:-1] + f"i{module}\n{name}\n.".encode()
        yield f"call-{label}-inst", inst
        yield f"call-{label}-obj", b"(c" + f"{module}\n{name}\n".encode() + arguments(values)[1:-1] + b"o."
        yield f"call-{label}-newobj", b"\x80\x02c" + f"{module}\n{name}\n".encode() + arguments(values) + b"\x81."
        yield f"call-{label}-newobj-ex", (
            b"\x80\x04" + text(module) + text(name) + b"\x93" + arguments(values) + b"}\x92."
        )
        yield f"reference-{label}", b"\x80\x02c" + f"{module}\n{name}\n".encode() + b"."
    for place in ("state_delta", "requested_auth_configs", "artifact_delta"):
        evil = EventActions.model_construct(**{place: {"x": Evil(os.system, f"touch {MARKER}")}})
        for protocol in PROTOCOLS:
            yield f"inside-{place.replace('_', '-')}-p{protocol}", pickle.dumps(evil, protocol)
    evil = EventActions.model_construct(state_delta={"x": [Evil(eval, f"open('{MARKER}','w')")]})
    yield "inside-nested-list", pickle.dumps(evil, 4)

    huge32, huge64 = struct.pack("<I", 2**31 - 1), struct.pack("<Q", 2**31)
    for label, opcode in dict(binstring="T", binunicode="X", binbytes="B").items():
        yield f"length-{label}", b"\x80\x04" + opcode.encode() + huge32 + b"abc."
        yield f"length-{label}-4gb", b"\x80\x04" + opcode.encode() + b"\xff\xff\xff\xff" + b"abc."
    for label, opcode in dict(binunicode8=b"\x8d", binbytes8=b"\x8e", bytearray8=b"\x96", frame=b"\x95").items():
        yield f"length-{label}", b"\x80\x05" + opcode + huge64 + b"abc."
        yield f"length-{label}-2-to-63", b"\x80\x05" + opcode + struct.pack("<Q", 2**63) + b"abc."
        yield f"length-{label}-2-to-64", b"\x80\x05" + opcode + b"\xff" * 8 + b"abc."
    yield "length-long4", b"\x80\x02\x8b" + struct.pack("<i", 2**31 - 1) + b"abc."
    yield "length-long4-negative", b"\x80\x02\x8b" + struct.pack("<i", -1) + b"abc."
    yield "length-short-binunicode", b"\x80\x04\x8c\xffabc."
    yield "length-short-binbytes", b"\x80\x04C\xffabc."
    yield "length-long1", b"\x80\x02\x8a\xffabc."
    yield "memo-index-huge-put", b"\x80\x02Nr\xff\xff\xff\x7f."
    yield "memo-index-huge-get", b"\x80\x02j\xff\xff\xff\x7f."
    yield "memo-index-text-put", b"Np99999999999999999999\n."
    yield "memo-index-negative-put", b"Np-1\n."
    yield "memo-missing", b"h\x05."
    yield "digits-int", b"I" + b"9" * 1_000_000 + b"\n."
    yield "digits-long", b"L" + b"9" * 1_000_000 + b"L\n."
    yield "digits-long-hexadecimal", b"L0x41L\n."
    yield "float-text", b"F" + b"1" * 1_000_000 + b"\n."

    depth = 10_000
    yield "deep-lists", b"\x80\x02" + b"]" * depth + b"a" * (depth - 1) + b"."
    yield "deep-tuples", b"\x80\x02)" + b"\x85" * depth + b"."
    yield "deep-marks", b"\x80\x02" + b"(" * depth + b"t" * depth + b"."
    yield "deep-dicts", b"\x80\x02" + b"}K\x01" * depth + b"N" + b"s" * depth + b"."
    yield "deep-reduces", b"\x80\x02" + b"ccollections\nOrderedDict\n)R" * depth + b"."
    yield "deep-sets", b"\x80\x04" + b"\x8f(" * depth + b"N" + b"\x90" * depth + b"."
    yield "stack-of-a-million", b"\x80\x02" + b"N" * 1_000_000 + b"."
    yield "marks-a-million", b"\x80\x02" + b"(" * 1_000_000 + b"."

    laughs = b"\x80\x02" + text("lol") + b"q\x00"
    for level in range(1, 60):
        laughs += b"](" + (b"h" + bytes([level - 1])) * 10 + b"eq" + bytes([level])
    yield "laughs-lists", laughs + b"."
    laughs = b"\x80\x02" + text("lol") + b"q\x00"
    for level in range(1, 60):
        laughs += b"(" + (b"h" + bytes([level - 1])) * 10 + b"tq" + bytes([level])
    yield "laughs-tuples", laughs + b"."
    laughs = b"\x80\x02" + text("lol") + b"q\x00"
    for level in range(1, 60):
        laughs += b"}(" + b"".join(b"K" + bytes([k]) + b"h" + bytes([level - 1]) for k in range(10)) + b"uq" + bytes([level])
    yield "laughs-dicts", laughs + b"."
    megabyte = text("x" * 1_000_000)
    yield "laughs-text", b"\x80\x02" + megabyte + b"q\x00](" + b"h\x00" * 10_000 + b"e."
    duplicates = b"\x80\x02]q\x00(" + b"2" * 100_000 + b"e."
    yield "laughs-dup", duplicates

    yield "recursive-list", b"\x80\x02]q\x00h\x00a."
    yield "recursive-dict", b"\x80\x02}q\x00K\x01h\x00s."
    yield "recursive-tuple", b"\x80\x02]q\x00(h\x00tq\x01a."
    yield "recursive-set", b"\x80\x04\x8f\x94(](h\x00ek.\x90."
    yield "recursive-state", pickle.dumps(recursive_actions(), 4)

    yield "persistent-id", b"Psomething\n."
    yield "persistent-id-binary", b"K\x01Q."
    yield "extension", b"\x80\x02\x82\x01."
    yield "extension-4", b"\x80\x02\x84\xff\xff\xff\x7f."
    yield "next-buffer", b"\x80\x05\x97."
    yield "readonly-buffer", b"\x80\x05\x98."
    yield "protocol-6", b"\x80\x06N."
    yield "protocol-255", b"\x80\xffN."
    yield "empty-file", b""
    yield "stop-only", b"."
    yield "no-stop", b"\x80\x02N"
    yield "two-values", b"\x80\x02NN."
    yield "after-stop", b"\x80\x02N.N."
    yield "unknown-opcode", b"\x80\x02\xff."
    yield "pop-empty", b"0."
    yield "mark-missing", b"t."
    yield "append-to-none", b"NNa."
    yield "setitem-on-list", b"]K\x01K\x02s."
    yield "setitems-odd", b"}(K\x01u."
    yield "build-on-none", b"N}b."
    yield "build-on-list", b"]}b."
    yield "reduce-non-callable", b"K\x01)R."
    yield "reduce-without-tuple", b"ccollections\nOrderedDict\nNR."
    yield "unhashable-key", b"\x80\x02}](N\x86s."
    yield "bad-utf8", b"\x80\x02X\x02\x00\x00\x00\xc3\x28."
    yield "string-escape", b"S'\\x41\\'\n."
    yield "string-unquoted", b"Sabc\n."
    yield "top-level-number", b"\x80\x02K\x01."
    yield "top-level-text", b"\x80\x02" + text("EventActions") + b"."
    actions_class = b"cgoogle.adk.events.event_actions\nEventActions\n"
    yield "class-override", b"\x80\x02" + actions_class + b")\x81}" + text("__class__") + text("x") + b"sb."
    yield "dict-is-list", b"\x80\x02" + actions_class + b")\x81}" + text("__dict__") + b"]sb."
    yield "state-is-number", b"\x80\x02" + actions_class + b")\x81K\x05b."
    yield "class-itself", b"\x80\x02" + actions_class + b"."
    for label, data in dict(
        json=b'{"state_delta": {}}', html=b"<html></html>", zip=b"PK\x03\x04", gzip=b"\x1f\x8b\x08\x00", zero=b"\x00" * 64
    ).items():
        yield f"not-a-pickle-{label}", data


def recursive_actions():
    recursive = {}
    recursive["self"] = recursive
    return EventActions.model_construct(state_delta={"value": recursive})


def write_hostile(folder):
    folder.mkdir(parents=True)
    names = set()
    for name, data in hostile():
        assert name not in names, name
        names.add(name)
        (folder / f"{name}.pickle").write_bytes(data)


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":
        sys.exit("Set PYTHONHASHSEED=0.")
    output = pathlib.Path(sys.argv[1])
    write_release(output / RELEASE)
    if "--hostile" in sys.argv:
        write_hostile(output / "hostile")


main()

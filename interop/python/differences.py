"""Compares what two readers return, field by field, and knows which differences have a reason."""

import base64
import copy
import datetime
import re
import zoneinfo
from collections import namedtuple

from instants import INSTANTS

ABSENT = "(absent)"

Difference = namedtuple("Difference", "path expected found")


def differences(expected, found, path=""):
    """Numbers are compared by value, objects without order."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(set(expected) | set(found)):
            yield from differences(expected.get(key, ABSENT), found.get(key, ABSENT), path + "/" + str(key))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for i, pair in enumerate(zip(expected, found)):
            yield from differences(*pair, path + "/" + str(i))
    elif isinstance(expected, bool) != isinstance(found, bool) or expected != found:
        yield Difference(path, expected, found)


def by_id(sessions):
    """Paths name an event by its id; the order of the events is a list of its own."""
    return {
        name: {
            "state": session["state"],
            "last_update_time": session["last_update_time"],
            "order": [event["id"] for event in session["events"]],
            "events": {event["id"]: plain(event) for event in session["events"]},
        }
        for name, session in sessions.items()
    }


def plain(event):
    """Sets have no order, and the two names of a field of a scheme mean the same."""
    event = copy.deepcopy(event)
    for name in ("long_running_tool_ids", "longRunningToolIds"):
        if event.get(name):
            event[name].sort()
    actions = event["actions"]
    for config in (actions.get("requested_auth_configs") or actions.get("requestedAuthConfigs") or {}).values():
        scheme = config["auth_scheme"]
        config["auth_scheme"] = {NAMES.get(name, name): value for name, value in scheme.items()}
    return event


NAMES = {"type_": "type", "in_": "in"}


class Rule(namedtuple("Rule", "name directions path holds reason")):
    """A reason for differences in some directions, at some paths, where what was expected and found fits it."""

    def explains(self, direction, case, difference):
        place = re.search(self.path, difference.path)
        return direction in self.directions and place is not None and self.holds(case, *difference)


class Verdict:
    """What a direction came to: nothing, reasons, or what nobody has explained."""

    def __init__(self, direction, case):
        self.direction, self.case = direction, case
        self.rules, self.unexplained = set(), []

    def compare(self, expected, found):
        for difference in differences(by_id(expected), by_id(found)):
            self.add(difference)
        return self

    def expect(self, what, expected, found):
        for difference in differences(expected, found, what):
            self.add(difference)

    def add(self, difference):
        rule = next((rule for rule in RULES if rule.explains(self.direction, self.case, difference)), None)
        if rule is None:
            self.unexplained.append(difference)
        else:
            self.rules.add(rule)

    def shortened(self, limit):
        """One of each kind, wherever else it occurs."""
        kinds = {re.sub(r"/events/[^/]*", "/events/*", difference.path): difference for difference in self.unexplained}
        return list(kinds.values())[:limit]

    def text(self):
        if self.unexplained:
            return "**%d unexplained**" % len(self.unexplained)
        return "explained (%s)" % ", ".join(sorted({rule.name for rule in self.rules})) if self.rules else "equal"


def as_milliseconds(case, path, expected, found):
    unit = 1000 if found > 1e11 else 1
    return abs(expected * unit - found) < 0.001 * unit


def within_a_microsecond(case, path, expected, found):
    return abs(expected - found) < 1e-6


def true_instant(case, path, expected, found):
    return abs(INSTANTS[int(path.split("/t-")[1].split("/")[0])] - found) < 1e-6


def true_order(case, path, expected, found):
    return found == "t-" + path.rsplit("/", 1)[1]


def same_column(case, path, expected, found):
    """The release took the column as local time, and the newest takes it as UTC."""
    local = datetime.datetime.fromtimestamp(expected, zoneinfo.ZoneInfo(case.writer_zone)).replace(tzinfo=None)
    return abs((local - datetime.datetime(1970, 1, 1)).total_seconds() - found) < 1e-5


def same_bytes(case, path, expected, found):
    return base64.urlsafe_b64decode(expected) == base64.b64decode(found)


def same_entries(case, path, expected, found):
    return isinstance(found, list) and sorted(expected) == sorted(entry["key"] for entry in found)


def an_hour_later(case, path, expected, found):
    return found - expected == 3600


def of_another_session(case, path, expected, found):
    """A value that the writer shows for another session; none is the writer's own."""
    key = path.rsplit("/", 1)[1]
    return any(session["state"].get(key, ABSENT) == found for session in case.readback["sessions"])


def named(pattern):
    return lambda case, path, expected, found: re.match(pattern, case.name) is not None


def added(case, path, expected, found):
    return expected == ABSENT


def left_out(case, path, expected, found):
    return found == ABSENT


def on(*databases):
    return lambda case, path, expected, found: case.database in databases


def both(*conditions):
    return lambda *difference: all(condition(*difference) for condition in conditions)


def written_by(before):
    return lambda case, path, expected, found: case.number < before


JAVA = ("Java reads", "Python to Java")
ECHO = ("Java to Python",)
MIGRATED = ("migrated", "itself", "older Python")
OFFICIAL = ("official",)
OTHERS = ("same",)

UNKNOWN_TO_JAVA = (
    "agent_state", "render_ui_widgets", "route", "set_model_response", "transfer_reason",
    "rewind_before_invocation_id", "output", "isolation_scope", "live_session_resumption_update", "live_session_id",
    "go_away", "voice_activity", "logprobs_result", "cache_metadata", "citation_metadata", "interaction_id",
    "interaction_status", "environment_id", "turn_complete_reason",
)


def camel(name):
    return re.sub("_(.)", lambda letter: letter.group(1).upper(), name)


NO_FIELD = (
    "adk-java 1.8.0 has no such field. It stays in the row that Python wrote; "
    "an event that Java writes anew does not have it."
)
DEFAULT = "A default that the newer release fills in when it reads."
AN_HOUR_EARLY = "adk-python's converter goes on with the instant an hour too early. Ours is the one that was written."

RULES = [
    Rule(
        "not written", MIGRATED, r"^write grounding_metadata$", written_by((1, 10)),
        "The release itself cannot store it: it passes an object on that is no JSON. It is left out of the comparison.",
    ),
    Rule(
        "defaults", MIGRATED,
        r"/(node_info|token_endpoint_auth_method|use_id_token|credential_key|requested_tool_confirmations)$",
        added, DEFAULT,
    ),
    Rule(
        "defaults", JAVA, r"/(nodeInfo|token_endpoint_auth_method|use_id_token|credential_key)$", left_out, DEFAULT,
    ),
    Rule(
        "empty fields", MIGRATED, r"/actions/(compaction|requested_auth_configs|requested_tool_confirmations)/",
        both(written_by((1, 22)), lambda case, path, expected, found: expected is None and found == ABSENT),
        "The release turns models into plain data before it stores or shows them, with their empty fields. Models that "
        "are empty in a field mean the same without it.",
    ),
    Rule(
        "microseconds", MIGRATED, r"/(timestamp|last_update_time)$", within_a_microsecond,
        "One of the two reads a column of microseconds, the other the digits of `event_data.timestamp` or of a `REAL` "
        "column.",
    ),
    Rule(
        "repeated hour", MIGRATED, r"^/alice/times/events/t-[0-9]+/timestamp$", true_instant,
        "Where the clock went back, the release reads an hour too early. Found is the instant that was written.",
    ),
    Rule(
        "repeated hour", MIGRATED, r"^/alice/times/order/[0-9]+$", true_order,
        "It then has the events in the wrong order, too. Found is the order in which they happened.",
    ),
    Rule(
        "repeated hour", OFFICIAL, r"^/alice/times/events/t-[0-9]+/timestamp$",
        lambda case, path, expected, found: true_instant(case, path, found, expected), AN_HOUR_EARLY,
    ),
    Rule(
        "repeated hour", OFFICIAL, r"^/alice/times/order/[0-9]+$",
        lambda case, path, expected, found: true_order(case, path, found, expected), AN_HOUR_EARLY,
    ),
    Rule(
        "session time", MIGRATED, r"/last_update_time$", both(on("sqlite"), written_by((1, 10)), same_column),
        "On SQLite the column was always UTC; releases this old take it as local time. Found is right.",
    ),
    Rule(
        "session time", MIGRATED, r"/last_update_time$",
        both(on("postgresql", "mysql"), written_by((2, 3)), same_column),
        "On servers the column is as it was. Releases before 2.3.0 take it as local time, newer ones as UTC. What was "
        "written before 1.20.0 is the clock of the database, whose zone nobody knows; no release reads it right.",
    ),
    Rule(
        "API key", MIGRATED, r"/requested_auth_configs/call-2/auth_scheme/scheme$",
        lambda case, path, expected, found: expected == "bearer" and found == ABSENT,
        "Releases up to 1.28 read the scheme of an API key, which they have stored well, as one of a bearer token.",
    ),
    Rule(
        "API key", OFFICIAL, r"/requested_auth_configs/call-2/(auth_scheme/scheme|credential_key)$",
        lambda case, path, expected, found: found == "bearer" or found.startswith("adk_http_"),
        "adk-python's converter writes it under names by which every release reads a bearer token. Ours stays an API "
        "key.",
    ),
    Rule(
        "milliseconds", JAVA + ECHO, r"/(timestamp|startTimestamp|endTimestamp)$", as_milliseconds,
        "An event of adk-java holds whole milliseconds. The row that Python wrote keeps its microseconds.",
    ),
    Rule("unknown to Java", JAVA, "/(%s)$" % "|".join(map(camel, UNKNOWN_TO_JAVA)), left_out, NO_FIELD),
    Rule("unknown to Java", ECHO, "/(%s|node_info/output_for)$" % "|".join(UNKNOWN_TO_JAVA), left_out, NO_FIELD),
    Rule("unknown to Java", ECHO, "/node_info/path$", lambda case, path, expected, found: found == "", NO_FIELD),
    Rule(
        "base64", JAVA, r"/(inlineData/data|thoughtSignature)$", same_bytes,
        "The same bytes: in Java the JSON of a model has the other alphabet. In the row it is Python's.",
    ),
    Rule(
        "custom metadata", JAVA, r"/customMetadata$", same_entries,
        "Java's model is a list of keys with few types. What it has no type for is JSON text there, and written back "
        "as it was (*Java to Python*).",
    ),
    Rule(
        "removed keys", JAVA, r"/(stateDelta|state)/[^/]+$",
        lambda case, path, expected, found: expected is None and found in ("__ADK_SENTINEL_REMOVED__", ABSENT),
        "None is how a key goes in adk-python. adk-java has `State.REMOVED` for it in a delta, and no such key in a "
        "state.",
    ),
    Rule(
        "empty payload", JAVA, r"/requestedToolConfirmations/[^/]*/payload$",
        lambda case, path, expected, found: expected == ABSENT and found is None,
        "Java's model shows a payload that is not there as null.",
    ),
    Rule(
        "temporary keys", ECHO, r"/state_delta/temp:[^/]*$", left_out,
        "Keys of one invocation, which releases before 1.17.0 stored in the event. Java does not store them again.",
    ),
    Rule(
        "lost by Python", ("at once",), r"^state of J-",
        both(on("sqlite", "sqlite-service"), lambda case, path, expected, found: found is None),
        "On SQLite adk-python reads a state before its transaction begins, and writes it back whole; what another "
        "process commits in between is lost, also when both are adk-python. The event is there. On servers it locks "
        "the rows, and nothing is lost.",
    ),
    Rule(
        "empty set", OTHERS, r"/long_running_tool_ids$",
        lambda case, path, expected, found: expected is None and found == [],
        "The writer leaves an empty set out; adk-python's own columns have it as `[]`.",
    ),
    Rule(
        "one state for all", OTHERS, r"/state/(app|user):[^/]*$",
        both(named("sqlspec-0.(31|46)"), of_another_session),
        "SQLSpec before 0.51.0 kept the state of the application and of the user with each session. There is one, of "
        "the session that was updated last.",
    ),
    Rule(
        "temporary keys", OTHERS, r"/state/temp:[^/]*$", both(named("js-1|sqlspec-0.31"), left_out),
        "The writer stored keys that were meant for one invocation.",
    ),
    Rule(
        "order of time", OTHERS, r"/order/[0-9]+$", named("js-.*mysql|sqlspec-0.31.*sqlite|go-.*mysql|python-1.21"),
        "The writer returns events of one second (adk-js on MySQL) in no fixed order, or cannot tell their times apart "
        "(SQLSpec's Julian days, *repeated hour*). Found are the events in the order of their times.",
    ),
    Rule(
        "repeated hour", OTHERS, r"/d931d56e/timestamp$", both(named("go-.*mysql|python-1.21"), an_hour_later),
        "Where the clock went back, the column does not say which hour it is, and the writer reads the first. The order "
        "of the conversation says it.",
    ),
    Rule(
        "session time", OTHERS, r"/last_update_time$", both(on("mysql"), same_column),
        "The column is as it was: of the clock of the writer, which adk-python reads as UTC. SQLSpec reads its column, "
        "which is UTC, as a time of its own zone.",
    ),
]

"""What is written with every release: each field that the release has, alone and together with all others."""

import time

from instants import INSTANTS

from google.adk.events.event import Event
from google.adk.events.event_actions import EventActions

APP = "interop"
USERS = ("alice", "bob")

NESTED = {
    "someKey": {"innerKey": [1, 2.5, None, True, {"snake_key": "ß"}]},
    "none": None,
    "empty": {},
    "big": 2**53 + 1,
}

AUTH = {
    "auth_scheme": {
        "type": "oauth2",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": "https://login.example/authorize",
                "tokenUrl": "https://login.example/token",
                "scopes": {"read": "Read all"},
            }
        },
    },
    "raw_auth_credential": {
        "auth_type": "oauth2",
        "oauth2": {"client_id": "client", "client_secret": "secret", "redirect_uri": "https://agent.example/back"},
    },
}
API_KEY = {
    "auth_scheme": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "raw_auth_credential": {"auth_type": "apiKey", "api_key": "k-1"},
}

ACTIONS = {
    "skip_summarization": True,
    "state_delta": {
        "plain": "text ü 🎲",
        "nested": NESTED,
        "gone": None,
        "app:theme": "dark",
        "app:nested": NESTED,
        "user:name": "Ada",
        "user:list": [1, "two", {"threeFour": 5}],
        "temp:scratch": "forgotten",
    },
    "artifact_delta": {"report.pdf": 3, "user:photo.png": 0},
    "transfer_to_agent": "other_agent",
    "transfer_reason": "because it knows more",
    "escalate": False,
    "requested_auth_configs": {"call-1": AUTH, "call-2": API_KEY},
    "requested_tool_confirmations": {
        "call-3": {"hint": "Really?", "confirmed": True, "payload": NESTED},
        "call-4": {"hint": "Sure?"},
    },
    "compaction": {
        "start_timestamp": 1752580800.125,
        "end_timestamp": 1752580900.25,
        "compacted_content": {"role": "model", "parts": [{"text": "in short"}]},
    },
    "end_of_agent": True,
    "agent_state": NESTED,
    "rewind_before_invocation_id": "inv-7",
    "render_ui_widgets": [{"id": "w1", "provider": "mcp", "payload": NESTED}],
    "route": ["left", 2, True],
    "set_model_response": NESTED,
}

FIELDS = {
    "content": {
        "role": "model",
        "parts": [{"text": "Grüße, 世界 🎲 \"quoted\" \\ \t"}, {"text": "thinking", "thought": True}],
    },
    "grounding_metadata": {
        "web_search_queries": ["dice"],
        "grounding_chunks": [{"web": {"uri": "https://dice.example/", "title": "Dice"}}],
    },
    "partial": False,
    "turn_complete": True,
    "turn_complete_reason": "NEED_MORE_INPUT",
    "finish_reason": "STOP",
    "error_code": "SAFETY",
    "error_message": "m" * 900,
    "interrupted": True,
    "custom_metadata": NESTED,
    "usage_metadata": {
        "prompt_token_count": 12,
        "candidates_token_count": 30,
        "total_token_count": 42,
        "prompt_tokens_details": [{"modality": "TEXT", "token_count": 12}],
    },
    "live_session_resumption_update": {"new_handle": "handle-1", "resumable": True},
    "live_session_id": "live-1",
    "go_away": {"time_left": "30s"},
    "voice_activity": {"voice_activity_type": "ACTIVITY_START"},
    "input_transcription": {"text": "hello", "finished": True},
    "output_transcription": {"text": "good day", "finished": False},
    "avg_logprobs": -0.25,
    "logprobs_result": {"chosen_candidates": [{"token": "a", "token_id": 7, "log_probability": -0.5}]},
    "cache_metadata": {"fingerprint": "f" * 16, "contents_count": 3},
    "citation_metadata": {"citations": [{"start_index": 0, "end_index": 4, "uri": "https://cited.example/"}]},
    "model_version": "gemini-2.5-flash",
    "interaction_id": "interaction-1",
    "interaction_status": "IDLE",
    "environment_id": "environment-1",
    "output": NESTED,
    "node_info": {"path": "flow/step@1", "output_for": ["flow/step@1", "flow"]},
    "isolation_scope": "scope-1",
    "long_running_tool_ids": {"call-9", "call-1"},
    "branch": "root.child",
}

# Every event has these.
IDENTITY = {"id", "invocation_id", "author", "timestamp", "actions"}

CONTENTS = {
    "question": {"role": "user", "parts": [{"text": "Roll a die."}]},
    "call": {"role": "model", "parts": [{"function_call": {"id": "call-1", "name": "roll", "args": NESTED}}]},
    "result": {"role": "user", "parts": [{"function_response": {"id": "call-1", "name": "roll", "response": NESTED}}]},
    "bytes": {
        "role": "user",
        "parts": [{"inline_data": {"mime_type": "image/png", "data": bytes(range(256))}}],
    },
    "code": {
        "role": "model",
        "parts": [
            {"executable_code": {"code": "print(4)", "language": "PYTHON"}},
            {"code_execution_result": {"outcome": "OUTCOME_OK", "output": "4\n"}},
            {"file_data": {"file_uri": "gs://bucket/file", "mime_type": "text/plain"}},
        ],
    },
}


def unknown_fields():
    """Fields that this release has and nothing is written into: a new release, and this file to be extended."""
    return sorted(set(EventActions.model_fields) - set(ACTIONS)) + sorted(
        set(Event.model_fields) - set(FIELDS) - IDENTITY
    )


def known(model, values):
    return {name: value for name, value in values.items() if name in model.model_fields}


def event(identity, timestamp, actions=None, **fields):
    return Event(
        id=identity,
        invocation_id="inv-1",
        author="agent",
        timestamp=timestamp,
        actions=EventActions(**known(EventActions, actions or {})),
        **known(Event, fields),
    )


BEGIN = time.time() - 600


def talk():
    """Events of which each shows one thing."""
    parts = [(name, {}, {"content": content}) for name, content in CONTENTS.items()]
    parts += [("actions." + name, {name: value}, {}) for name, value in known(EventActions, ACTIONS).items()]
    parts += [(name, {}, {name: value}) for name, value in known(Event, FIELDS).items()]
    return [(name, event("e-" + name, BEGIN + 1.000321 * i, a, **f)) for i, (name, a, f) in enumerate(parts)]


def everything(refused):
    """An event with all fields but those that the release cannot write."""
    fields = {name: value for name, value in FIELDS.items() if name not in refused}
    return event("e-all", BEGIN + 300.5, ACTIONS, **fields)


def times():
    return [
        event("t-%d" % i, instant, content={"role": "user", "parts": [{"text": "then"}]})
        for i, instant in enumerate(INSTANTS)
    ]


def shared(prefix, number):
    """An event that changes the state of session, application and user under a key of its own."""
    key = "%s-%d" % (prefix, number)
    delta = {key: number, "app:" + key: {"number": number}, "user:" + key: [number], "last": key}
    return event(key, time.time(), {"state_delta": delta}, content={"role": "user", "parts": [{"text": key}]})

"""Writes databases with the SqliteSessionService of a real google-adk and what the same release reads back from them.

usage: sqlite_service.py write <folder>                    python-sqliteservice-<release>.sqlite.db and .readback.json
       sqlite_service.py touch <folder> <name of a database>  the same file, used by DatabaseSessionService afterwards
       sqlite_service.py check <database> <readback>       a migrated file, opened with DatabaseSessionService

The time zone of the process (TZ) must not matter: it is New York's in the packed files.
"""

import asyncio
import json
import pathlib
import shutil
import sqlite3
import sys
import warnings

warnings.simplefilter("ignore")

import google.adk
from google.adk.events.event import Event
from google.adk.events.event_actions import EventActions
from google.adk.sessions.database_session_service import DatabaseSessionService
from google.adk.sessions.sqlite_session_service import SqliteSessionService
from google.genai import types

RELEASE = google.adk.__version__
BASE = 1762061400.0


def content(*parts, role="user"):
    return types.Content(role=role, parts=list(parts))


def events():
    text = types.Part.from_text
    yield dict(author="user", content=content(text(text="Grüße 👋 \u2028 \"quoted\" \\ \n")))
    yield dict(
        author="agent",
        content=content(types.Part.from_function_call(name="look_up", args={"someKey": {"x_y": None, "nested": [1, 2.5]}}),
                        role="model"),
        long_running_tool_ids={"b", "a"},
        actions=EventActions(state_delta={"app:visits": 1, "user:language": "de", "topic": "cities", "temp:scratch": 1}),
    )
    yield dict(
        author="agent",
        content=content(types.Part.from_function_response(name="look_up", response={"camelCase": True, "n": 2**70}),
                        role="user"),
    )
    yield dict(author="user", content=content(types.Part(inline_data=types.Blob(mime_type="image/png", data=bytes(range(256))))))
    yield dict(author="agent", content=content(types.Part(text="hm", thought=True, thought_signature=b"\xff\xfe\x00>?"), role="model"))
    yield dict(
        author="agent",
        content=content(text(text="see the source"), role="model"),
        grounding_metadata=types.GroundingMetadata(
            web_search_queries=["adk"],
            grounding_chunks=[types.GroundingChunk(web=types.GroundingChunkWeb(uri="https://example.org", title="e"))],
        ),
        usage_metadata=types.GenerateContentResponseUsageMetadata(prompt_token_count=7, total_token_count=9),
        custom_metadata={"Key": [1, "two", None], "inner": {"aB": 0.1}},
        branch="root.child",
    )
    yield dict(author="agent", error_code="MALFORMED", error_message="so", turn_complete=True, interrupted=False)
    yield dict(
        author="agent",
        actions=EventActions(
            state_delta={"numbers": [0.1 + 0.2, 2**53 + 1, -1, 1e300], "user:done": False, "empty": None, "d": {"b": 3}},
            artifact_delta={"report.pdf": 2},
            agent_state={"step": 1, "innerKey": {"a_b": 1}},
            end_of_agent=True,
            escalate=True,
        ),
    )
    yield dict(author="user", content=content(text(text="x" * 20000)))


TIMES = [0.0, 0.25, 1.123456, 1.123456, 1.123456, 2.0, 3600.5, 3600.7654321, 86400.0]


async def fill(service, prefix, offset=0.0, sessions=("s-1", "s-2"), app="demo_app"):
    for number, session_id in enumerate(sessions):
        session = await service.create_session(
            app_name=app, user_id=f"user-{number}", session_id=session_id,
            state={"app:title": "Demo", "user:name": "Zoë", "plain": {"d": [1]}, "d": {"a": 1, "b": 2}} if number == 0 else None)
        for index, fields in enumerate(events()):
            session.last_update_time = 4e9  # replayed times lie before the creation
            await service.append_event(session, Event(
                # ids fall where times rise, so that the order is that of the appends and not of the ids
                id=f"{prefix}{number}-{99 - index:02d}", invocation_id=f"e-{index // 3}",
                timestamp=BASE + offset + TIMES[index], **fields))
    await service.create_session(app_name=app + "_quiet", user_id="nobody", session_id="empty-" + prefix)


def dump(session):
    return {"app_name": session.app_name, "user_id": session.user_id, "id": session.id, "state": session.state,
            "last_update_time": session.last_update_time,
            "events": [event.model_dump(mode="json", exclude_none=True) for event in session.events]}


async def read(service, file):
    with sqlite3.connect(file) as connection:
        keys = connection.execute("SELECT app_name, user_id, id FROM sessions ORDER BY rowid").fetchall()
    return [dump(await service.get_session(app_name=app, user_id=user, session_id=session)) for app, user, session in keys]


def counts(file):
    with sqlite3.connect(file) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("sessions", "events")}


async def save(file, service, **more):
    number = counts(file)
    document = {"release": RELEASE, "dialect": "sqlite", "zone": "America/New_York", "family": "python-sqlite-service",
                "session_rows": number["sessions"], "event_rows": number["events"], **more,
                "sessions": await read(service, file)}
    file.with_suffix(".readback.json").write_text(json.dumps(document, ensure_ascii=False, indent=0))


async def write(folder):
    file = pathlib.Path(folder, f"python-sqliteservice-{RELEASE}.sqlite.db")
    service = SqliteSessionService(str(file))
    await fill(service, "e")
    await save(file, SqliteSessionService(str(file)))


async def touch(folder, name):
    """DatabaseSessionService refuses to append where rows of states are missing, so these are there."""
    source = pathlib.Path(folder, name)
    file = pathlib.Path(folder, name.replace(".sqlite.db", "-then-database.sqlite.db"))
    shutil.copy(source, file)
    service = DatabaseSessionService(f"sqlite+aiosqlite:///{file}")
    session = await service.get_session(app_name="demo_app", user_id="user-0", session_id="s-1")
    await service.append_event(session, Event(id="d-1", invocation_id="e-9", author="user", timestamp=BASE + 90000.5,
                                              content=content(types.Part.from_text(text="appended"))))
    await fill(service, "d", 100000.0, sessions=("s-3",))
    await save(file, DatabaseSessionService(f"sqlite+aiosqlite:///{file}"), touched=True)


async def check(database, readback):
    """Prints what differs between the readback and the migrated file, appends to each session and reads again."""
    expected = json.loads(pathlib.Path(readback).read_text())["sessions"]
    url = f"sqlite+aiosqlite:///{database}"
    found = await read(DatabaseSessionService(url), database)
    for before, after in zip(expected, found, strict=True):
        ties = lambda s: sorted(s["events"], key=lambda e: (e["timestamp"], e["id"]))
        print(before["id"], "same events:", ties(before) == ties(after), "same order:", before["events"] == after["events"],
              "same state:", before["state"] == after["state"],
              "update time off by:", abs(before["last_update_time"] - after["last_update_time"]))
        service = DatabaseSessionService(url)
        session = await service.get_session(app_name=after["app_name"], user_id=after["user_id"], session_id=after["id"])
        await service.append_event(session, Event(author="user", invocation_id="new",
                                                  actions=EventActions(state_delta={"app:new": 1, "user:new": 2, "new": 3})))
        again = await DatabaseSessionService(url).get_session(
            app_name=after["app_name"], user_id=after["user_id"], session_id=after["id"])
        print("  appended:", len(again.events) == len(session.events), again.events[-1].invocation_id == "new",
              {key: again.state.get(key) for key in ("app:new", "user:new", "new")})


asyncio.run(globals()[sys.argv[1]](*sys.argv[2:]))

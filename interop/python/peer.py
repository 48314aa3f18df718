"""adk-python of one release, asked over standard input and answering over standard output, a JSON document a line."""

import asyncio
import inspect
import json
import sys
import traceback

import conversation
from google.adk.sessions import database_session_service
from google.adk.sessions.database_session_service import DatabaseSessionService

ASYNC = "create_async_engine" in inspect.getsource(database_session_service)
DRIVERS = {
    "sqlite": "sqlite+aiosqlite" if ASYNC else "sqlite",
    "postgresql": "postgresql+asyncpg" if ASYNC else "postgresql+psycopg2",
    "mysql": "mysql+aiomysql" if ASYNC else "mysql+pymysql",
}


async def settled(result):
    """Methods of 0.x return what those of later releases have to be awaited for."""
    return await result if inspect.isawaitable(result) else result


def dump(event, by_alias):
    """By alias as Java calls the fields; but there the configurations of credentials are plain data."""
    dumped = event.model_dump(mode="json", exclude_none=True, by_alias=by_alias)
    if by_alias:
        plain = event.model_dump(mode="json", exclude_none=True)
        dumped["actions"]["requestedAuthConfigs"] = plain["actions"]["requested_auth_configs"]
    return dumped


class Peer:
    def __init__(self):
        self.service = None

    async def open(self, url, service="database"):
        """Start a session service, as an application does when it starts."""
        await self.close()
        product, place = url.split(":", 1)
        if service == "sqlite":
            from google.adk.sessions.sqlite_session_service import SqliteSessionService

            self.service = SqliteSessionService(place[len("///"):])
        else:
            self.service = DatabaseSessionService(DRIVERS[product] + ":" + place)
        for user in conversation.USERS:
            await settled(self.service.list_sessions(app_name=conversation.APP, user_id=user))

    async def close(self):
        engine = getattr(self.service, "db_engine", None)
        if engine is not None:
            await settled(engine.dispose())
        self.service = None

    async def fields(self):
        return conversation.unknown_fields()

    async def write(self):
        await self.create("bob", "empty", {"app:colour": "blue", "user:visits": 1, "temp:x": 1, "mine": [None, 1.5]})
        await self.create("bob", "it's ünïcode / 100%", {})
        await self.create("alice", "talk", {"begun": True, "user:name": "nobody yet"})
        await self.create("alice", "times", {})
        await self.create("alice", "deleted", {})
        refused = {}
        for name, event in conversation.talk():
            try:
                await self.append_all("alice", "talk", [event])
            except Exception as failure:
                refused[name] = "%s: %.120s" % (type(failure).__name__, failure)
        await self.append_all("alice", "talk", [conversation.everything(refused)])
        await self.append_all("alice", "times", conversation.times())
        await self.append("alice", "deleted", "deleted", 1)
        await self.delete("alice", "deleted")
        return refused

    async def create(self, user, session, state):
        await settled(
            self.service.create_session(
                app_name=conversation.APP, user_id=user, session_id=session, state=dict(state)
            )
        )

    async def get(self, user, session):
        return await settled(
            self.service.get_session(app_name=conversation.APP, user_id=user, session_id=session)
        )

    async def append_all(self, user, session, events):
        """Append as an application does that shares the session: who is told that it was changed reads it again."""
        current, refused = await self.get(user, session), 0
        for event in events:
            while True:
                try:
                    await settled(self.service.append_event(current, event))
                    break
                except ValueError as stale:
                    if "storage" not in str(stale) or refused == 500:
                        raise
                    refused += 1
                    current = await self.get(user, session)
        return refused

    async def append(self, user, session, prefix, count):
        return await self.append_all(user, session, [conversation.shared(prefix, i) for i in range(count)])

    async def delete(self, user, session):
        await settled(
            self.service.delete_session(app_name=conversation.APP, user_id=user, session_id=session)
        )

    async def read(self, by_alias=False):
        """Everything, as this release reads it."""
        sessions = {}
        for user in conversation.USERS:
            listed = await settled(self.service.list_sessions(app_name=conversation.APP, user_id=user))
            for identity in sorted(session.id for session in listed.sessions):
                session = await self.get(user, identity)
                sessions[user + "/" + identity] = {
                    "state": dict(session.state),
                    "last_update_time": session.last_update_time,
                    "events": [dump(event, by_alias) for event in session.events],
                }
        return sessions

    async def sessions(self, apps, by_alias=False):
        """Everything of some applications, of whichever user."""
        sessions = {}
        for app in apps:
            listed = await self.service.list_sessions(app_name=app)
            for found in sorted(listed.sessions, key=lambda session: session.id):
                session = await self.service.get_session(app_name=app, user_id=found.user_id, session_id=found.id)
                sessions[app + "/" + found.id] = {
                    "user": found.user_id,
                    "state": dict(session.state),
                    "last_update_time": session.last_update_time,
                    "events": [
                        dump(event, True) if by_alias else event.model_dump(mode="json") for event in session.events
                    ],
                }
        return sessions

    async def append_to(self, app, user, session):
        """One event, whose state has a key of each scope."""
        current = await self.service.get_session(app_name=app, user_id=user, session_id=session)
        await self.service.append_event(current, conversation.shared("python", 0))

    async def understand(self, events):
        """What this release makes of the JSON of events that another writer shows: its model refuses what it lacks."""
        return [conversation.Event.model_validate_json(json.dumps(event)).model_dump(mode="json") for event in events]

    async def convert(self, source, target):
        """The converter that adk-python ships, of which `adk migrate session` is the command."""
        import pymysql

        pymysql.install_as_MySQLdb()
        from google.adk.sessions.migration import migration_runner

        await asyncio.to_thread(migration_runner.upgrade, source, target)


def main():
    answers, sys.stdout = sys.stdout, sys.stderr
    peer, loop = Peer(), asyncio.new_event_loop()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": loop.run_until_complete(getattr(peer, request.pop("verb"))(**request))}
        except Exception as failure:  # is an answer, too
            traceback.print_exc()
            answer = {"failure": "%s: %s" % (type(failure).__name__, failure)}
        print(json.dumps(answer), file=answers, flush=True)


main()

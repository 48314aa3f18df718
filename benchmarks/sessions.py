"""Measures adk-python's DatabaseSessionService: append with some clients, or get of a session.

sessions.py URL append CLIENTS SECONDS | sessions.py URL get SESSION_ID SECONDS
Prints operations per second, after a tenth of the time for warming up.
"""
import asyncio
import sys
import time

from google.adk.events import Event, EventActions
from google.adk.sessions import DatabaseSessionService
from google.genai import types


def event(number):
    return Event(
        author="agent",
        invocation_id="e-1",
        content=types.Content(role="model", parts=[
            types.Part(text="Some words of an answer. " * 12),
            types.Part(function_call=types.FunctionCall(
                id="adk-1", name="search_products", args={"query": "shoes", "limit": 10, "price_max": 99.5})),
        ]),
        usage_metadata=types.GenerateContentResponseUsageMetadata(
            prompt_token_count=512, candidates_token_count=23, total_token_count=535),
        actions=EventActions(state_delta={"step": number}),
    )


async def append(service, until):
    session = await service.create_session(app_name="shop", user_id="python")
    times = []
    while time.monotonic() < until:
        await service.append_event(session, event(len(times)))
        times.append(time.monotonic())
    return times


async def get(service, session_id, until):
    times = []
    while time.monotonic() < until:
        session = await service.get_session(app_name="shop", user_id="ada", session_id=session_id)
        assert session.events
        times.append(time.monotonic())
    return times


async def main(url, what, argument, seconds):
    service = DatabaseSessionService(url, pool_size=16)
    await service.create_session(app_name="shop", user_id="python")
    start = time.monotonic()
    until = start + seconds
    if what == "append":
        lists = await asyncio.gather(*(append(service, until) for _ in range(int(argument))))
    else:
        lists = [await get(service, argument, until)]
    first = start + seconds / 10
    print(sum(1 for times in lists for t in times if first <= t <= until) / (until - first))


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))

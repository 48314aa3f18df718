"""What adk-go, adk-js and SQLSpec wrote, in the eyes of adk-python, as a table. See ../README.md."""

import argparse
import json
import pathlib
import shutil
import sys
import tempfile

from cases import SERVERS, Case
from differences import Verdict
from page import write_page
from peers import Database, Failure, adk_java, adk_python, environment, releases

APPS = ("billing_app", "probe")
COLUMNS = ("same", "Java reads", "append", "second start")
APPENDED = {"python-0": 0, "app:python-0": {"number": 0}, "user:python-0": [0], "last": "python-0"}


class Other(Case):
    """A database of another writer."""

    def __init__(self, fixture):
        super().__init__(fixture["release"], fixture["database"])
        self.name = fixture["name"]
        self.writer_zone, self.zone = fixture["zone"], "not needed"
        self.readback = json.loads(fixture["readback"])
        self.sessions = self.events = 0
        self.refused = None

    def run(self, reader, java, folder):
        database = Database(java, SERVERS[self.database], folder, self.name)
        java.ask("load", fixture=self.name, jdbc=database.java["jdbc"])
        try:
            self.migrate("upgrade", database)
        except Failure as refusal:
            self.refused = str(refusal)
            return
        reader.ask("open", url=database.python)
        found = reader.ask("sessions", apps=APPS)
        self.sessions, self.events = len(found), sum(len(session["events"]) for session in found.values())
        expected, verdict = self.expected(reader), self.verdict("same")
        verdict.compare(expected, found)
        for name, session in found.items():
            order = [(event["timestamp"], event["id"]) for event in session["events"]]
            verdict.expect(name + "/sorted", sorted(order), order)
            verdict.expect(name + "/user", expected.get(name, session)["user"] or session["user"], session["user"])
        keys = [[name.split("/", 1)[0], found[name]["user"], name.split("/", 1)[1]] for name in found]
        aliased = reader.ask("sessions", apps=APPS, by_alias=True)
        self.verdict("Java reads").compare(aliased, java.ask("sessions", keys=keys, **database.java))
        self.append(reader, java, database, keys, found)

    def append(self, reader, java, database, keys, before):
        """One event into each session, read after a restart, which leaves the schema as it is."""
        catalog = java.ask("catalog", **database.java)
        for app, user, session in keys:
            reader.ask("append_to", app=app, user=user, session=session)
        reader.ask("open", url=database.python)
        verdict, after = self.verdict("append"), reader.ask("sessions", apps=APPS)
        verdict.expect("sessions", sorted(before), sorted(after))
        for name, session in after.items():
            verdict.expect(name + "/events", before[name]["events"], session["events"][:-1])
            verdict.expect(name + "/appended", "python-0", session["events"][-1]["id"])
            verdict.expect(name + "/state", dict(before[name]["state"], **APPENDED), session["state"])
        verdict = self.verdict("second start")
        verdict.expect("catalog", catalog, java.ask("catalog", **database.java))
        verdict.expect("check", 0, database.migrate("check")[0])

    def expected(self, reader):
        """The sessions as their writer reads them back, in the words of adk-python."""
        sessions = {}
        for kind in ("sessions", "goSessions"):
            app = "probe" if kind == "goSessions" else "billing_app"
            for session in self.readback.get(kind, ()):
                seconds = session.get("lut", session.get("lastUpdateTime"))
                if "lastUpdateTimeMicros" in session:
                    seconds = session["lastUpdateTimeMicros"] / 1e6
                elif seconds > 1e11:
                    seconds /= 1000
                sessions["%s/%s" % (session.get("appName", app), session["id"])] = {
                    "user": session.get("userId"),
                    "state": session["state"],
                    "last_update_time": seconds,
                    "events": reader.ask("understand", events=[neutral(event) for event in session["events"]]),
                }
        return sessions


def neutral(event):
    """The same event under the names and in the units of adk-python."""
    event = bytes_of_python(event)
    if "timestampMicros" in event:
        event["timestamp"] = event.pop("timestampMicros") / 1e6
    elif event["timestamp"] > 1e11:
        event["timestamp"] /= 1000
    for name in ("route", "routes"):
        if name in event:
            event["actions"]["route"] = event.pop(name)
    if "requestedInput" in event:
        event.setdefault("customMetadata", {})["adk_go_requested_input"] = event.pop("requestedInput")
    return event


def bytes_of_python(value, name=None):
    if isinstance(value, dict):
        return {key: bytes_of_python(member, key) for key, member in value.items()}
    if isinstance(value, list):
        return [bytes_of_python(member) for member in value]
    return value.translate({43: "-", 47: "_"}) if name in ("data", "thoughtSignature") else value


def table(cases, newest):
    lines = ["Read and continued by adk-python %s." % newest, ""]
    lines.append("| writer | database | sessions | events | %s |" % " | ".join(COLUMNS))
    lines.append("|" + " --- |" * (4 + len(COLUMNS)))
    for case in cases:
        writer = case.name.removesuffix("." + case.database)
        if case.refused:
            lines.append("| %s | %s | | | refused | | | |" % (writer, case.database))
        else:
            cells = [case.verdicts[name].text() if name in case.verdicts else "" for name in COLUMNS]
            lines.append("| %s | %s | %d | %d | %s |" % (writer, case.database, case.sessions, case.events, " | ".join(cells)))
    rules = {rule for case in cases for rule in case.verdict("same").rules}
    lines += ["", "| explained by | reason |", "| --- | --- |"]
    lines += ["| %s | %s |" % (rule.name, rule.reason) for rule in sorted(rules, key=lambda rule: rule.name)]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(prog="interop/run --others")
    parser.add_argument("--database", action="append", choices=("sqlite", "postgresql", "mysql"), help="only this one")
    parser.add_argument("--write-docs", action="store_true", help="the table into docs/interop.md; a whole run only")
    wanted = parser.parse_args()
    if wanted.write_docs and wanted.database:
        parser.error("--write-docs goes with a whole run")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="adk-interop-"))
    newest = list(releases())[-1]
    with adk_java(folder) as java, adk_python(environment(newest), newest, folder) as reader:
        cases = [Other(fixture) for fixture in java.ask("fixtures")]
        cases = [case for case in cases if not wanted.database or case.database in wanted.database]
        for case in cases:
            try:
                case.run(reader, java, folder)
            except Failure as failure:
                case.verdict("same").expect("everything", "works", str(failure))
            print(case.name, case.refused or "", flush=True)
            for verdict in case.verdicts.values():
                for path, expected, found in verdict.shortened(20):
                    print("    %s: %s" % (verdict.direction, path))
                    print("        expected %.300s\n        found    %.300s" % (expected, found))
        reader.ask("close")
    text = table(cases, newest)
    print("\n" + text)
    if wanted.write_docs:
        write_page("interop/run --others", text)
    if any(verdict.unexplained for case in cases for verdict in case.verdicts.values()):
        print("Databases and logs: %s" % folder)
        return 1
    shutil.rmtree(folder)
    return 0


sys.exit(main())

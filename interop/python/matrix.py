"""Every release on every database, in every direction, as a table. See ../README.md."""

import argparse
import pathlib
import shutil
import sys
import tempfile
import time

from cases import DIRECTIONS, SERVERS, Case
from differences import RULES
from page import write_page
from peers import NEWEST, adk_java, adk_python, environment, installed, releases

# The newest release whose time column is local.
OLDER = "2.6.3"


def table(cases, newest):
    """The matrix in Markdown, with the reasons that occur in it."""
    lines = ["Read by adk-python %s and by Java." % newest, ""]
    lines += ["| release | database | zone | %s |" % " | ".join(DIRECTIONS), "|" + " --- |" * (3 + len(DIRECTIONS))]
    for case in cases:
        cells = [case.verdicts[name].text() if name in case.verdicts else "" for name in DIRECTIONS]
        lines.append("| %s | %s | %s | %s |" % (case.release, case.database, case.zone, " | ".join(cells)))
    used = {rule for case in cases for verdict in case.verdicts.values() for rule in verdict.rules}
    lines += ["", "| explained by | where | reason |", "| --- | --- | --- |"]
    for name in dict.fromkeys(rule.name for rule in RULES if rule in used):
        rules = [rule for rule in RULES if rule in used and rule.name == name]
        where = sorted({direction for rule in rules for direction in rule.directions}, key=DIRECTIONS.index)
        reasons = dict.fromkeys(rule.reason for rule in rules)
        lines.append("| %s | %s | %s |" % (name, ", ".join(where), " ".join(reasons)))
    return "\n".join(lines)


def options():
    parser = argparse.ArgumentParser(
        prog="interop/run",
        description="Compares with real adk-python releases. Ends with 1 on a difference without reason.",
    )
    parser.add_argument("--release", action="append", metavar="R", help="only this release; may be repeated")
    parser.add_argument("--database", action="append", choices=list(SERVERS), help="only this one; may be repeated")
    parser.add_argument("--newest", action="store_true", help="read and write with the newest release of today, too")
    parser.add_argument("--write-docs", action="store_true", help="the table into docs/interop.md; a whole run only")
    parsed = parser.parse_args()
    if parsed.write_docs and (parsed.release or parsed.database or parsed.newest):
        parser.error("--write-docs goes with a whole run")
    unknown = set(parsed.release or ()) - set(releases())
    if unknown:
        parser.error("not in releases.txt: %s" % ", ".join(sorted(unknown)))
    return parsed


def main():
    wanted = options()
    begun = time.monotonic()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="adk-interop-"))
    names = wanted.release or list(releases())
    last = list(releases())[-1]
    pythons = {name: environment(name) for name in names}
    newest, python = last, environment(NEWEST if wanted.newest else last)
    if wanted.newest:
        newest = installed(python)
        pythons.setdefault(newest, python)
    cases = [Case(name, database) for name in pythons for database in wanted.database or SERVERS]
    cases = [case for case in cases if case.exists]
    with (
        adk_java(folder) as java,
        adk_python(python, newest + " (newest)", folder) as reader,
        adk_python(environment(OLDER), OLDER + " (older)", folder) as older,
    ):
        for release, python in pythons.items():
            with adk_python(python, release, folder) as writer:
                for case in (case for case in cases if case.release == release):
                    start = time.monotonic()
                    case.run(writer, reader, older, java, folder)
                    report(case, time.monotonic() - start)
    text = table(cases, newest)
    print("\n" + text)
    failed = sum(bool(verdict.unexplained) for case in cases for verdict in case.verdicts.values())
    verdicts = sum(len(case.verdicts) for case in cases)
    print("\n%d comparisons in %d s, %d with unexplained differences" % (verdicts, time.monotonic() - begun, failed))
    if wanted.write_docs:
        write_page("interop/run", text)
    if failed:
        print("Databases and logs: %s" % folder)
        return 1
    shutil.rmtree(folder)
    return 0


def report(case, seconds):
    failed = [verdict for verdict in case.verdicts.values() if verdict.unexplained]
    outcome = "DIFFERENT" if failed else "ok"
    print("%-8s %-15s %4.0f s  %s" % (case.release, case.database, seconds, outcome), flush=True)
    for verdict in failed:
        for path, expected, found in verdict.shortened(20):
            print("    %s: %s" % (verdict.direction, path))
            print("        expected %.300s\n        found    %.300s" % (expected, found), flush=True)


sys.exit(main())

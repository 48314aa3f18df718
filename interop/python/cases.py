"""A release on a database, in every direction."""

from differences import Verdict
from peers import PYTHON_ZONE, Database, Failure

SERVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql-18",
    "mysql": "mysql-8.0",
    "sqlite-service": "sqlite",
}
# In the order of the table; docs/interop.md says what each of them compares.
DIRECTIONS = (
    "migrated", "itself", "older Python", "starts", "Java reads", "Python to Java", "Java to Python", "in turn",
    "at once", "deleted", "official",
)
USERS = ("alice", "bob")
MADE_BY_JAVA = {"app:made": 1, "user:made": [2], "made": {"by": "Java"}}


class Case:
    def __init__(self, release, database):
        self.release, self.database = release, database
        self.number = tuple(int(part) for part in release.split("."))
        self.writer_zone = PYTHON_ZONE
        self.zone = "proven" if self.pickled else "not needed"
        self.verdicts = {}

    @property
    def exists(self):
        return self.database != "sqlite-service" or self.number >= (1, 19)

    @property
    def pickled(self):
        return self.number < (1, 22) and self.database != "sqlite-service"

    def verdict(self, direction):
        return self.verdicts.setdefault(direction, Verdict(direction, self))

    def run(self, writer, reader, older, java, folder):
        try:
            database = Database(java, SERVERS[self.database], folder, "%s-%s" % (self.release, self.database))
            reference, official = self.write(writer, database), None
            if self.pickled:
                self.older(older, java, database, reference, folder)
                official = self.official(reader, java, database, folder)
            self.migrate("upgrade", database)
            self.starts(reader, java, database)
            migrated = reader.ask("read")
            self.verdict("migrated").compare(reference, migrated)
            if official is not None:
                self.verdict("official").compare(migrated, official)
            if self.number >= (1, 22) and self.database != "sqlite-service":
                writer.ask("open", url=database.python)
                self.verdict("itself").compare(reference, writer.ask("read"))
            writer.ask("close")
            self.both_read("Java reads", reader, java, database)
            self.exchange(reader, java, database)
        except Failure as failure:
            self.verdict("migrated").expect("everything", "works", str(failure))

    def write(self, writer, database):
        """Let the release write, and return what it reads after a restart."""
        service = "sqlite" if self.database == "sqlite-service" else "database"
        self.verdict("migrated").expect("fields that nothing is written into", [], writer.ask("fields"))
        writer.ask("open", url=database.python, service=service)
        for field, message in writer.ask("write").items():
            self.verdict("migrated").expect("write " + field, "stored", message)
        writer.ask("open", url=database.python, service=service)
        return writer.ask("read")

    def older(self, older, java, source, reference, folder):
        """A copy for a team that goes on with a release whose time column is local."""
        target = Database(java, SERVERS[self.database], folder, "%s-older" % self.release)
        self.migrate("copy", target, "--source-url", source.url, "--timestamp-column", "local")
        older.ask("open", url=target.python)
        self.verdict("older Python").compare(reference, older.ask("read"))

    def official(self, reader, java, source, folder):
        """What adk-python's own converter makes of the same rows."""
        target = Database(java, SERVERS[self.database], folder, "%s-official" % self.release)
        try:
            reader.ask("convert", source=source.python, target=target.python)
            reader.ask("open", url=target.python)
            return reader.ask("read")
        except Failure as failure:
            self.verdict("official").expect("converter", "works", str(failure))
            return None

    def migrate(self, verb, database, *options):
        """Name the zone only if the rows do not prove it."""
        zone = ("--time-zone", self.writer_zone)
        code, answer = database.migrate(verb, *options, *(zone if self.zone == "given" else ()))
        if code and answer["error"]["code"] == "TIME_ZONE_REQUIRED":
            self.zone = "given"
            code, answer = database.migrate(verb, *options, *zone)
        if code:
            raise Failure("adk-migrate %s ended with %d: %s" % (verb, code, answer["error"]))

    def starts(self, reader, java, database):
        """The newest adk-python starts twice on the migrated tables and leaves them as they are."""
        verdict = self.verdict("starts")
        catalog = java.ask("catalog", **database.java)
        verdict.expect("check before", 0, database.migrate("check")[0])
        for _ in range(2):
            reader.ask("open", url=database.python)
        verdict.expect("catalog", catalog, java.ask("catalog", **database.java))
        verdict.expect("check after", 0, database.migrate("check")[0])

    def both_read(self, direction, reader, java, database):
        expected = reader.ask("read", by_alias=True)
        self.verdict(direction).compare(expected, java.ask("read", users=USERS, **database.java))

    def exchange(self, reader, java, database):
        """Both write into the same database."""
        at = database.java
        reader.ask("append", user="alice", session="talk", prefix="python", count=2)
        self.both_read("Python to Java", reader, java, database)
        self.java_writes(reader, java, at)

        shared = {"user": "bob", "session": "shared"}
        reader.ask("create", **shared, state={})
        turns = []
        for i in range(3):
            reader.ask("append", **shared, prefix="p%d" % i, count=1)
            java.ask("append", **shared, prefix="j%d" % i, count=1, **at)
            turns += ["p%d-0" % i, "j%d-0" % i]
        order = self.shared("in turn", reader, java, at, turns)
        self.verdict("in turn").expect("turns", turns, order)

        reader.send("append", **shared, prefix="P", count=15)
        java.send("append", **shared, prefix="J", count=15, **at)
        reader.receive()
        java.receive()
        self.shared("at once", reader, java, at, turns + keys("P", 15) + keys("J", 15))

        java.ask("delete", **shared, **at)
        reader.ask("delete", user="alice", session="echo")
        verdict, sessions = self.verdict("deleted"), reader.ask("read")
        for name in ("bob/shared", "alice/echo"):
            verdict.expect(name, False, name in sessions)
            verdict.expect("events of " + name, 0, java.ask("events", session=name.split("/")[1], **at))
        verdict.expect("sessions", sorted(sessions), sorted(java.ask("read", users=USERS, **at)))

    def java_writes(self, reader, java, at):
        talk = {"user": "alice", "session": "talk"}
        java.ask("append", **talk, prefix="java", count=2, **at)
        java.ask("create", user="bob", session="made", state=dict(MADE_BY_JAVA, **{"temp:made": 3}), **at)
        java.ask("echo", **talk, to="echo", **at)
        verdict, sessions = self.verdict("Java to Python"), reader.ask("read")
        talk, echo, made = (sessions[name] for name in ("alice/talk", "alice/echo", "bob/made"))
        verdict.expect("events", keys("java", 2), [event["id"] for event in talk["events"]][-2:])
        verdict.expect("created", MADE_BY_JAVA, {key: value for key, value in made["state"].items() if "made" in key})
        verdict.compare({"echo": dict(talk, **{n: echo[n] for n in ("state", "last_update_time")})}, {"echo": echo})

    def shared(self, direction, reader, java, at, expected):
        """Both find every event once, in the same order, and every key of every state."""
        verdict = self.verdict(direction)
        views = [reader.ask("read")["bob/shared"], java.ask("read", users=USERS, **at)["bob/shared"]]
        orders = [[event["id"] for event in view["events"]] for view in views]
        verdict.expect("order", *orders)
        for view, order in zip(views, orders):
            verdict.expect("events", sorted(expected), sorted(order))
            for key in expected:
                number = int(key.rsplit("-", 1)[1])
                states = {key: number, "app:" + key: {"number": number}, "user:" + key: [number]}
                verdict.expect("state of " + key, states, {name: view["state"].get(name) for name in states})
        return orders[0]


def keys(prefix, count):
    return ["%s-%d" % (prefix, i) for i in range(count)]

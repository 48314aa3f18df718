"""Those who take part: adk-python in an environment of each release, our Java, and the databases that they share."""

import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
INTEROP = ROOT / "interop"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "adk-migration-interop"
DRIVERS = (
    "sqlalchemy", "greenlet", "aiosqlite", "asyncpg", "aiomysql", "pymysql<1.2", "cryptography",
    "psycopg2-binary", "psycopg[binary]",
)
# Neither is UTC, the other's or that of the servers; Python's is half an hour off and has a change of clocks.
PYTHON_ZONE = "America/St_Johns"
JAVA_ZONE = "Asia/Tokyo"
NEWEST = "newest"


class Failure(Exception):
    """What somebody said instead of a result."""


def releases():
    """Release and the day of its libraries, the oldest first."""
    lines = (INTEROP / "releases.txt").read_text().splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def environment(release):
    """Python with a release and the libraries of its time. Made once, but for the newest of today."""
    home = CACHE / release
    python = home / "bin" / "python"
    if release == NEWEST or not (home / "ready").exists():
        print("Installing google-adk, %s" % release, flush=True)
        subprocess.run(["uv", "venv", "-q", "--clear", "--python", ">=3.10,<3.14", str(home)], check=True)
        if release == NEWEST:
            wanted = ["--refresh-package", "google-adk", "google-adk"]
        else:
            wanted = ["--exclude-newer", releases()[release], "google-adk==" + release]
        subprocess.run(["uv", "pip", "install", "-q", "--python", str(python), *wanted, *DRIVERS], check=True)
        (home / "ready").touch()
    return python


def installed(python):
    code = "import importlib.metadata; print(importlib.metadata.version('google-adk'))"
    return subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()


class Peer:
    """A process that answers requests, a JSON document a line, until it is closed."""

    def __init__(self, name, command, zone, folder):
        self.name = name
        self.log = open(folder / (name.replace(" ", "-") + ".log"), "ab")
        variables = dict(os.environ, TZ=zone, PYTHONPYCACHEPREFIX=str(CACHE / "bytecode"), PYTHONUTF8="1")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, encoding="utf-8", env=variables
        )

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.wait()
        self.log.close()

    def send(self, verb, **request):
        self.process.stdin.write(json.dumps(dict(request, verb=verb)) + "\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("%s ended with %s: see %s" % (self.name, self.process.wait(), self.log.name))
        answer = json.loads(line)
        if "failure" in answer:
            raise Failure("%s: %s" % (self.name, answer["failure"]))
        return answer["result"]

    def ask(self, verb, **request):
        self.send(verb, **request)
        return self.receive()


def adk_python(python, name, folder):
    return Peer("google-adk " + name, [str(python), str(INTEROP / "python" / "peer.py")], PYTHON_ZONE, folder)


def adk_java(folder):
    classes = "%s:%s/*" % (INTEROP / "java/target/classes", INTEROP / "java/target/lib")
    return Peer("Java", ["java", "-cp", classes, "io.github.adkmigration.interop.JavaPeer"], JAVA_ZONE, folder)


class Database:
    """An empty database, and what each of its users calls it."""

    def __init__(self, java, server, folder, name):
        self.product = server.split("-")[0]
        if self.product == "sqlite":
            file = folder / (name + ".db")
            self.java = {"jdbc": "jdbc:sqlite:%s" % file, "login": ""}
            self.python = "sqlite:///%s" % file
        else:
            self.java = java.ask("database", name=server)
            place = re.match(r"jdbc:\w+://([^?]*)", self.java["jdbc"]).group(1)
            self.python = "%s://%s@%s" % (self.product, self.java["login"].rstrip(":"), place)

    @property
    def url(self):
        """For adk-migrate."""
        return self.python + ("?allowPublicKeyRetrieval=true&sslMode=DISABLED" if self.product == "mysql" else "")

    def migrate(self, verb, *options):
        """Run adk-migrate as a user would, and return its exit code and its document."""
        jar = ROOT / "adk-migration-cli" / "target" / "adk-migrate.jar"
        command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(jar), verb, "--db-url", self.url, "--output", "json"]
        command += options
        run = subprocess.run(command, capture_output=True, encoding="utf-8", env=dict(os.environ, TZ=JAVA_ZONE))
        return run.returncode, json.loads(run.stdout) if run.stdout else {"error": run.stderr}

"""What all checks need: a report, fcrawler as a whole with its processes, and its three doors: the
API, Redis and the topic of page records."""

import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
PARTS = ("redis", "kafka", "submit-api", "crawler-worker-1")
# How much longer than on a quiet machine something may take before it counts as hanging.
PATIENCE = 3


class CannotRun(Exception):
    """This machine lacks something that a check needs."""


class Report:
    """Says what was checked, line by line, and keeps count."""

    def __init__(self, name):
        self.name = name
        self.failures = 0
        self.passes = 0
        self.started = time.time()

    def say(self, text):
        print("     %6.1f s  %s" % (time.time() - self.started, text), flush=True)

    def true(self, what, ok, detail=""):
        print(("ok   " if ok else "FAIL ") + what + (": " + str(detail) if detail != "" else ""),
              flush=True)
        if ok:
            self.passes += 1
        else:
            self.failures += 1
        return ok

    def equal(self, what, got, expected):
        return self.true(what, got == expected,
                         got if got == expected else "got %s, expected %s" % (got, expected))

    def at_most(self, what, got, limit):
        return self.true(what, got <= limit, "%s, at most %s" % (got, limit))

    def same(self, what, got, expected):
        """Two sets, or two maps."""
        extra, missing = sorted(set(got) - set(expected)), sorted(set(expected) - set(got))
        wrong = []
        if isinstance(got, dict):
            wrong = ["%s: %s, not %s" % (key, got[key], expected[key])
                     for key in sorted(set(got) & set(expected)) if got[key] != expected[key]]
        ok = not (extra or missing or wrong)
        self.true(what, ok, "%d" % len(got) if ok else "%d too many, %d missing, %d others" % (
            len(extra), len(missing), len(wrong)))
        for kind, some in (("too many", extra), ("missing", missing), ("other", wrong)):
            for one in some[:5]:
                print("       %s: %s" % (kind, one[:200]))
        return ok

    def verdict(self):
        ok = self.failures == 0 and self.passes > 0
        print("%s %s: %d checks, %d failed, %.0f s" % (
            "PASS" if ok else "FAIL", self.name, self.passes + self.failures, self.failures,
            time.time() - self.started), flush=True)
        return ok


def wait_for(what, condition, limit, every=0.1):
    """Waits until a condition gives something true, and gives that. The limit is for what hangs, on a
    quiet machine: it shows nothing of how fast something is."""
    limit *= PATIENCE
    deadline = time.monotonic() + limit
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError("%s: not within %s s" % (what, limit))
        time.sleep(every)


def free_ports(count):
    """Ports that nobody listens on, and that the system gives to no outgoing connection, so that
    what is killed can be started on its port again."""
    ports = []
    while len(ports) < count:
        port = random.randint(10000, 31999)
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in ports:
            ports.append(port)
    return ports


# The whole of fcrawler.

class Standalone:
    """fcrawler by scripts/standalone.sh, on free ports and with a folder of its own."""

    def __init__(self, folder, workers=1, **env):
        self.data = pathlib.Path(folder) / "data"
        self.output = pathlib.Path(folder) / "launcher.log"
        self.workers = workers
        self.port, self.redis_port, self.kafka_port = free_ports(3)
        self.api = Api(self.port)
        self.redis = Redis(self.redis_port)
        self.sessions = set()
        self.process = None
        self.env = {**os.environ, "FCRAWLER_ALLOW_PRIVATE": "127.0.0.0/8", **env}
        for name in ("PORT", "REDIS_PORT", "KAFKA_PORT", "FCRAWLER_DATA", "FCRAWLER_WORKERS"):
            self.env.pop(name, None)

    def start(self, limit=150):
        """Returns when all parts are ready."""
        before = self.lines().count("fcrawler is ready")
        command = [str(ROOT / "scripts" / "standalone.sh"), "--port", str(self.port),
                   "--redis-port", str(self.redis_port), "--kafka-port", str(self.kafka_port),
                   "--data", str(self.data), "--workers", str(self.workers)]
        with open(self.output, "a", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                command, env=self.env, stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, start_new_session=True)
        self.sessions.add(self.process.pid)

        def ready():
            if self.process.poll() is not None:
                raise RuntimeError("the launcher ended with %s, %d MiB are free: %s" % (
                    self.process.poll(), shutil.disk_usage(self.data.parent).free >> 20,
                    self.lines()[-500:]))
            return self.lines().count("fcrawler is ready") > before

        wait_for("fcrawler is ready", ready, limit)
        return self

    def lines(self):
        return self.output.read_text(errors="replace") if self.output.exists() else ""

    def restarts(self):
        """How often the launcher said that it starts a part again."""
        return self.lines().count("starting it again")

    def stop(self, limit=75):
        """An orderly stop: the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(limit)

    def kill_group(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def pid(self, part):
        """The process of a part, as the launcher noted it; None where there is none."""
        try:
            return int((self.data / "run" / (part + ".pid")).read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def peak_mib(self, part):
        """The most resident memory that a part's process has had, in MiB."""
        status = pathlib.Path("/proc/%d/status" % self.pid(part)).read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) >> 10

    def signal(self, part, number):
        os.kill(self.pid(part), number)

    def kill(self, part):
        """kill -9 of one part; the launcher starts it again."""
        self.signal(part, signal.SIGKILL)

    def readies(self, part):
        """How often the launcher said that a part is ready."""
        return self.lines().count(part + " is ready")

    def await_restart(self, part, readies, limit=90):
        """Until a part has been ready once more than it was, and the API is ready."""
        wait_for(part + " is ready again", lambda: self.readies(part) > readies, limit)
        wait_for("the API is ready", self.api.ready, limit)

    def leftovers(self):
        """Processes of any start, by session or by working folder."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                if stat[0] == "Z":
                    continue
                cwd = os.readlink(entry / "cwd")
                if int(stat[3]) in self.sessions or cwd.startswith(str(self.data)):
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ")[:100]
                    found.append("%s %s" % (entry.name, command.decode(errors="replace")))
            except OSError:
                continue  # it has just ended
        return found

    def destroy(self):
        """Ends whatever still runs; for the end of a check, however that came."""
        if self.process and self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                pass
        for line in self.leftovers():
            try:
                os.kill(int(line.split()[0]), signal.SIGKILL)
            except ProcessLookupError:
                continue

    def pages(self, limit=120):
        """All page records, as objects."""
        file = self.data.parent / "records.jsonl"
        subprocess.run(
            [java(), "-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
             str(ROOT / "crawler-worker/target/crawler-worker.jar"), str(HERE / "Pages.java"),
             "127.0.0.1:%d" % self.kafka_port, "fcrawler.pages", str(file)],
            stdout=subprocess.DEVNULL, timeout=limit, check=True)
        with open(file, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]


def java():
    homes = [os.environ.get("JAVA_HOME", "")] + sorted(map(str, pathlib.Path("/usr/lib/jvm").glob("*25*")))
    for home in homes:
        release = pathlib.Path(home, "release")
        if home and release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return home + "/bin/java"
    return "java"


# Its doors.

class Api:
    """The submit API, over a new connection for each request."""

    def __init__(self, port):
        self.port = port

    def call(self, method, path, body=None, headers=None, limit=15):
        """Status, headers, and the JSON or text of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=limit)
        try:
            if isinstance(body, dict):
                body = json.dumps(body)
                headers = {"Content-Type": "application/json", **(headers or {})}
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            is_json = text and "json" in response.headers.get("Content-Type", "")
            return response.status, response.headers, json.loads(text) if is_json else text
        finally:
            connection.close()

    @staticmethod
    def path(seed, rest=""):
        return "/api/fcrawler/seed/" + urllib.parse.quote(seed, safe=":") + rest

    def get(self, seed, rest=""):
        status, _, body = self.call("GET", self.path(seed, rest))
        if status != 200:
            raise RuntimeError("GET %s%s: %d %s" % (seed, rest, status, body))
        return body

    def post(self, seed, rest):
        return self.call("POST", self.path(seed, rest))[0]

    def submit(self, domain, **options):
        """The status and the body."""
        status, _, body = self.call("POST", "/api/submit", {"domain": domain, **options})
        return status, body

    def must_submit(self, domain, **options):
        status, body = self.submit(domain, **options)
        if status != 202:
            raise RuntimeError("submit %s: %d %s" % (domain, status, body))
        return body

    def progress(self, seed):
        """None while there is no answer."""
        try:
            return self.get(seed)
        except (OSError, RuntimeError, http.client.HTTPException, ValueError):
            return None

    def ready(self):
        try:
            return self.call("GET", "/readyz", limit=5)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def failures(self, seed):
        """All of them, from all pages of the list."""
        found, cursor = [], None
        while True:
            query = "?limit=100" + ("&cursor=" + urllib.parse.quote(cursor) if cursor else "")
            page = self.get(seed, "/failures" + query)
            found += page["failures"]
            cursor = page.get("cursor")
            if not cursor:
                return found

    def wait(self, seed, limit, statuses=("done",)):
        """Until the crawl has one of these statuses; its progress then."""

        def reached():
            progress = self.progress(seed)
            return progress if progress and progress["status"] in statuses else None

        try:
            return wait_for("%s is %s" % (seed, "|".join(statuses)), reached, limit, 0.25)
        except TimeoutError as error:
            raise TimeoutError("%s; it is %s" % (error, self.progress(seed))) from None


class Redis:
    """Raw commands in RESP, as redis-cli sends them."""

    def __init__(self, port):
        self.port = port

    def command(self, *words):
        words = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        request = b"*%d\r\n" % len(words) + b"".join(
            b"$%d\r\n%s\r\n" % (len(word), word) for word in words)
        with socket.create_connection(("127.0.0.1", self.port), 10) as connection:
            connection.sendall(request)
            with connection.makefile("rb") as file:
                return self.read(file)

    def read(self, file):
        line = file.readline().rstrip(b"\r\n")
        kind, rest = line[:1], line[1:].decode()
        if kind == b"$":
            return None if rest == "-1" else file.read(int(rest) + 2)[:-2].decode("utf-8", "replace")
        if kind == b"*":
            return None if rest == "-1" else [self.read(file) for _ in range(int(rest))]
        if kind == b":":
            return int(rest)
        if kind == b"-":
            raise RuntimeError(rest)
        return rest

    def keys(self, pattern):
        found, cursor = [], "0"
        while True:
            cursor, some = self.command("SCAN", cursor, "MATCH", pattern, "COUNT", 1000)
            found += some
            if cursor == "0":
                return found


class Workspace:
    """A temporary folder, kept where a check failed or on demand."""

    def __init__(self, name, keep):
        self.keep = keep
        base = os.environ.get("TMPDIR", "/tmp")
        self.path = pathlib.Path(base) / ("fcrawler-%s-%d" % (name, os.getpid()))
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        self.path.chmod(0o755)  # nginx's own user reads below it

    def __truediv__(self, name):
        return self.path / name

    def close(self, passed):
        if passed and not self.keep:
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            print("     logs: %s" % self.path, file=sys.stderr if passed else sys.stdout)

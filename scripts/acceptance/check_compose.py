"""compose: the installation of the README by Docker Compose, its backups, and its secure form, on
images that are there (infra/images/build-local.sh makes them)."""

import json
import os
import pathlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import harness

PAGES = 1200
LATER = ["later%d:8080" % i for i in range(1, 6)]
IMAGES = ("redis:7", "apache/kafka:4.3.1", "eclipse-temurin:25-jre", "fcrawler/submit-api:0.1.0",
          "fcrawler/crawler-worker:0.1.0")


def run(report, workspace, _):
    missing = [image for image in IMAGES if call("docker", "image", "inspect", image).returncode]
    if missing:
        raise harness.CannotRun("no Docker engine that has %s" % ", ".join(missing))
    if call("docker", "container", "inspect", "redis").returncode == 0:
        raise harness.CannotRun("there is a container named redis already")
    installation = Installation(workspace)
    try:
        Run(report, workspace, installation).all()
    finally:
        installation.destroy()


def call(*words, **options):
    return subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          timeout=options.pop("limit", 240), **options)


def must(*words, **options):
    done = call(*words, **options)
    if done.returncode != 0:
        raise RuntimeError("%s: %d, %s" % (" ".join(map(str, words)), done.returncode, done.stdout))
    return done.stdout.strip()


class Installation:
    """A copy of what an operator needs of this project, with volumes of its own."""

    def __init__(self, workspace):
        self.root = workspace / "fcrawler"
        for folder in ("infra", "scripts", "volumes"):
            shutil.copytree(harness.ROOT / folder, self.root / folder, ignore=self.left_out)
        self.port, self.redis_port, kafka_port = harness.free_ports(3)
        self.api = harness.Api(self.port)
        self.files = ["infra/docker-compose.yml"]
        self.compose_command = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
        self.env = {**os.environ, "PORT": str(self.port), "REDIS_PORT": str(self.redis_port),
                    "KAFKA_PORT": str(kafka_port), "HOME": str(workspace.path),
                    "FCRAWLER_ALLOW_PRIVATE": "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"}
        self.env.pop("COMPOSE_PROJECT_NAME", None)
        self.site = workspace / "site"
        make_site(self.site)

    @staticmethod
    def left_out(folder, names):
        here = pathlib.Path(folder).relative_to(harness.ROOT)
        if here.parts[0] == "volumes" and len(here.parts) > 1:
            return [name for name in names if name != ".gitkeep"]
        return [name for name in names if name in ("target", "secrets", ".env", "__pycache__")]

    def compose(self, *words):
        files = [word for file in self.files for word in ("-f", file)]
        return must(*self.compose_command, *files, *words, cwd=self.root, env=self.env)

    def up(self):
        self.compose("up", "-d", "--scale", "crawler-worker=3")
        harness.wait_for("the API is ready", self.api.ready, 120)

    def script(self, name, *words):
        return call(self.root / "scripts" / name, *words, cwd=self.root, env=self.env)

    def redis(self, *words):
        return must("docker", "exec", "redis", "redis-cli", *words)

    def answers_plainly(self):
        try:
            return harness.Redis(self.redis_port).command("PING") == "PONG"
        except (OSError, RuntimeError, ValueError):
            return False

    def serve(self):
        names = [word for seed in LATER + ["site:8080"]
                 for word in ("--network-alias", seed.partition(":")[0])]
        must("docker", "run", "-d", "--name", "fcrawler-check-site", "--network", "infra_default",
             *names, "-v", "%s:/site:ro" % self.site, "eclipse-temurin:25-jre",
             "java", "-Xmx64m", "-m", "jdk.httpserver", "-b", "0.0.0.0", "-p", "8080", "-d", "/site")

    @staticmethod
    def stop_serving():
        call("docker", "rm", "-f", "fcrawler-check-site")

    def containers(self, service):
        return must("docker", "ps", "-q", "--filter", "label=com.docker.compose.project=infra",
                    "--filter", "label=com.docker.compose.service=" + service).split()

    def destroy(self):
        self.stop_serving()
        try:
            self.compose("down", "-v")
        finally:
            # The files belong to users of the containers.
            call("docker", "run", "--rm", "-v", "%s:/volumes" % (self.root / "volumes"), "redis:7",
                 "sh", "-c", "rm -rf /volumes/*/* ")


def make_site(folder):
    """A tree of pages."""
    folder.mkdir()
    folder.chmod(0o755)
    for page in range(PAGES):
        links = "".join("<a href='/%d.html'>%d</a>" % (child, child)
                        for child in range(10 * page + 1, 10 * page + 11) if child < PAGES)
        name = "%d.html" % page if page else "index.html"
        (folder / name).write_text("<title>%d</title>%s" % (page, links), encoding="utf-8")


class Run:
    """All that is done to an installation."""

    def __init__(self, report, workspace, installation):
        self.report, self.workspace, self.its = report, workspace, installation
        self.api = installation.api
        self.backups = workspace / "redis-backups"

    def all(self):
        volumes = must("docker", "volume", "ls", "-q").split()
        self.install()
        self.report.true("redis answers without TLS yet", self.its.answers_plainly())
        self.backups_in_a_crawl()
        self.seeds_after_the_backup()
        self.damaged_archives()
        self.half_transactions()
        self.starts()
        self.secure()
        self.its.stop_serving()
        self.its.compose("down")
        left = must("docker", "ps", "-aq", "--filter", "label=com.docker.compose.project=infra")
        self.report.equal("containers left by down", left, "")
        self.report.equal("volumes left by down", must("docker", "volume", "ls", "-q").split(), volumes)

    def install(self):
        self.its.up()
        self.report.equal("workers", len(self.its.containers("crawler-worker")), 3)
        harness.wait_for("all containers are healthy", self.healthy, 90)
        self.report.true("all containers are healthy by their own checks", True)
        users = {name: must("docker", "exec", self.its.containers(name)[0], "id", "-u")
                 for name in ("submit-api", "crawler-worker", "kafka")}
        self.report.true("no program runs as root", "0" not in users.values(), users)
        self.its.serve()
        self.api.must_submit("site:8080", delayMs=50)
        harness.wait_for("the crawl gets on", lambda: self.crawled() > 100, 60)

    def healthy(self):
        names = [one for name in ("redis", "kafka", "submit-api", "crawler-worker")
                 for one in self.its.containers(name)]
        states = must("docker", "inspect", "--format", "{{.State.Health.Status}}", *names).split()
        return len(names) == 6 and set(states) == {"healthy"}

    def crawled(self, seed="site:8080"):
        progress = self.api.progress(seed)
        return progress["crawled"] if progress else 0

    def backup(self, *words):
        before = set(self.backups.glob("*.tar.gz")) if self.backups.exists() else set()
        done = self.its.script("backup-redis.sh", *words)
        if done.returncode != 0:
            raise RuntimeError("backup %s: %d, %s" % (words, done.returncode, done.stdout))
        return (set(self.backups.glob("*.tar.gz")) - before).pop()

    def backups_in_a_crawl(self):
        for words in ((), (), ("--verify",)):
            self.archive = self.backup("--hot", *words)
            self.report.true("a hot backup while it crawls", self.crawled() < PAGES,
                             "%d of %d crawled" % (self.crawled(), PAGES))
        self.backup("--verify")
        self.report.equal("redis is up after a cold backup", self.its.redis("PING"), "PONG")
        self.finished("site:8080", PAGES)

    def finished(self, seed, pages):
        progress = self.api.wait(seed, 180)
        self.report.equal(seed, (progress["total"], progress["crawled"]), (pages, pages))
        self.report.equal(seed + ": receipt", self.api.get(seed, "/receipt")["verdict"], "clean")
        self.report.equal(seed + ": total by redis-cli in the container",
                          self.its.redis("GET", "fcrawler:seed:{%s}:total" % seed), str(pages))

    def seeds_after_the_backup(self):
        for seed in LATER:
            self.api.must_submit(seed, delayMs=0, maxPages=50)
        for seed in LATER:  # https is tried first, for which this server stands still for 5 s each
            self.api.wait(seed, 180)
        self.its.redis("SET", "from-before", "the restore")
        done = self.its.script("restore-redis.sh", "--yes", self.archive)
        self.report.equal("restored from the last hot backup", done.returncode, 0) or print(done.stdout)
        self.report.equal("redis went back", self.its.redis("EXISTS", "from-before"), "0")
        harness.wait_for("the API is ready", self.api.ready, 60)
        for seed in LATER:
            self.finished(seed, 50)
        self.finished("site:8080", PAGES)

    def damaged_archives(self):
        content = self.archive.read_bytes()
        started = must("docker", "inspect", "--format", "{{.State.StartedAt}}", "redis")
        for name, damaged in (("truncated", content[:len(content) // 2]),
                              ("bit-flipped", content[:900] + bytes([content[900] ^ 4]) + content[901:])):
            file = self.workspace / (name + ".tar.gz")
            file.write_bytes(damaged)
            done = self.its.script("restore-redis.sh", "--yes", file)
            self.report.equal("%s: exit code of its restore" % name, done.returncode, 7)
        self.report.equal("redis was not restarted", must(
            "docker", "inspect", "--format", "{{.State.StartedAt}}", "redis"), started)
        self.report.equal("total is as it was", self.its.redis("GET", "fcrawler:seed:{site:8080}:total"), str(PAGES))

    def half_transactions(self):
        """Two power cuts in one life of the append-only file, each in the middle of a turn."""
        folder = self.its.root / "volumes/redis"
        self.api.must_submit(LATER[0], delayMs=150, maxPages=60)
        for pages in (10, 25):
            harness.wait_for("the crawl gets on", lambda least=pages: self.crawled(LATER[0]) > least, 60)
            must("docker", "kill", "redis")
            last = max((folder / "appendonlydir").glob("*.incr.aof"), key=lambda file: file.stat().st_mtime)
            os.truncate(last, last.stat().st_size - 9)
            must("docker", "start", "redis")
            harness.wait_for("the API is ready", self.api.ready, 60)
        self.finished(LATER[0], 60)
        said = must("docker", "logs", "redis")
        self.report.equal("ends that were cut", said.count("the append-only file was damaged"), 2)
        self.report.equal("and kept", len(list(folder.glob("*.cut-*"))), 2)
        self.report.true("no transaction within another", "can not be nested" not in said)

    def starts(self):
        """From docker start to 200 by /readyz, for the record; no limit is asserted."""
        for service, port in (("submit-api", 3001), ("crawler-worker", 3002)):
            container, times = self.its.containers(service)[0], []
            for _ in range(3):
                must("docker", "stop", container)
                began = time.monotonic()
                must("docker", "start", container)
                address = json.loads(must("docker", "inspect", container))[0]["NetworkSettings"]["Networks"]
                url = "http://%s:%d/readyz" % (next(iter(address.values()))["IPAddress"], port)
                harness.wait_for(service + " is ready", lambda url=url: answers(url), 60, 0.02)
                times.append(time.monotonic() - began)
            self.report.say("%s: start to ready in %s s" % (
                service, ", ".join("%.2f" % one for one in sorted(times))))

    def secure(self):
        begun = self.begun()
        self.its.stop_serving()
        self.its.compose("down")
        must(self.its.root / "infra/secure/make-secrets.sh", env=self.its.env)
        self.its.files.append("infra/docker-compose.secure.yml")
        self.its.up()
        self.report.equal("no crawl has begun again", self.begun(), begun)
        self.its.serve()
        said = call("docker", "exec", "-e", "REDISCLI_AUTH=", "redis", "redis-cli", "--tls", "--cacert",
                    "/tls/ca.crt", "DBSIZE").stdout
        self.report.true("redis refuses whoever has no password", "NOAUTH" in said, said.strip())
        self.report.true("and whoever does not speak TLS", not self.its.answers_plainly())
        self.finished("site:8080", PAGES)
        status, body = self.api.submit(LATER[0], delayMs=0, maxPages=80)
        self.report.equal("a submission", status, 202) or print(body)
        self.finished(LATER[0], 80)
        for control in ("pause", "resume", "cancel"):
            self.report.true(control, self.api.post("site:8080", "/" + control) in (202, 409))
        denied = [line for line in self.its.redis("ACL", "LOG").splitlines() if line == "lua"]
        self.report.equal("commands of scripts that the user fcrawler may not run", denied, [])
        self.backup("--hot", "--verify")
        begun = self.begun()
        must("docker", "kill", "redis")
        must("docker", "start", "redis")
        harness.wait_for("all containers are healthy", self.healthy, 120)
        self.report.equal("no crawl has begun again after a kill of redis", self.begun(), begun)
        done = self.its.script("restore-redis.sh", "--yes", self.backup("--verify"))
        self.report.equal("restored, over TLS and by password", done.returncode, 0) or print(done.stdout)

    def begun(self):
        """When each crawl began: another time means that redis had forgotten it."""
        return {seed: self.api.get(seed)["startedAt"] for seed in LATER + ["site:8080"]}


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False

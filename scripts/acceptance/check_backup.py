"""backup: copies of Redis, taken in a crawl and broken off at any point, and put in place again."""

import fcntl
import gzip
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tarfile
import time

import generated
import harness
import testsite
from testsite import Page

HOT = 20
BREAKS = 10
SCRIPTS = harness.ROOT / "scripts"
NAME = re.compile(r"redis-backup-\d{8}-\d{6}\.tar\.gz")


def run(report, workspace, options):
    site = testsite.Site(lambda host, path: None, workspace / "requests.jsonl", address="0.0.0.0")
    made = generated.GeneratedSite("127.0.0.1:%d" % site.port, 2500, options.seed, delay=0.05)
    site.pages = lambda host, path: small(path) if host.startswith("127.0.1.") else made.page(host, path)
    fcrawler = harness.Standalone(workspace.path)
    try:
        fcrawler.start()
        Run(report, workspace, fcrawler, site, made).all()
    finally:
        fcrawler.destroy()
        site.close()


def small(path):
    return Page(b"<a href='/a'>a</a><a href='/b'>b</a>") if path in ("/", "/a", "/b") else None


class Run:
    """One installation, and all that is done to it."""

    def __init__(self, report, workspace, fcrawler, site, made):
        self.report, self.workspace, self.fcrawler = report, workspace, fcrawler
        self.site, self.made = site, made
        self.seed = made.authority
        self.target = workspace / "backups with a space"
        self.server = os.readlink("/proc/%d/exe" % fcrawler.pid("redis"))

    def all(self):
        self.fcrawler.api.must_submit("http://%s/" % self.seed, delayMs=0, connectionsPerHost=4)
        harness.wait_for("the crawl gets on", lambda: self.site.distinct() > 100, 60)
        self.hot_backups()
        self.interrupted_cold_backups()
        self.fcrawler.api.wait(self.seed, 240)
        self.clean("after all of that", self.seed)
        self.one_at_a_time()
        self.no_space()
        self.damaged_archives()
        self.seeds_after_the_backup()
        self.snapshots()
        self.without_the_launcher()

    # --- the scripts -----------------------------------------------------------------------------

    def command(self, name, *words):
        return [str(SCRIPTS / name), "--standalone", "--data", str(self.fcrawler.data),
                "--redis-port", str(self.fcrawler.redis_port), *map(str, words)]

    def script(self, name, *words, limit=180):
        return subprocess.run(self.command(name, *words), stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit,
                              check=False)

    def backup(self, *words):
        """The new archive."""
        before = set(self.archives())
        done = self.script("backup-redis.sh", "--dir", self.target, *words)
        new = set(self.archives()) - before
        if done.returncode != 0 or len(new) != 1:
            raise RuntimeError("backup %s: %d, %s" % (words, done.returncode, done.stdout))
        return new.pop()

    def restore(self, *words):
        return self.script("restore-redis.sh", "--yes", *words)

    def archives(self):
        if not self.target.exists():
            return []
        return sorted(file for file in self.target.iterdir() if NAME.fullmatch(file.name))

    # --- what must hold --------------------------------------------------------------------------

    def clean(self, when, *seeds):
        verdicts = {seed: self.fcrawler.api.get(seed, "/receipt")["verdict"] for seed in seeds}
        return self.report.equal("receipts %s" % when, set(verdicts.values()), {"clean"})

    def is_up(self):
        try:
            return self.fcrawler.redis.command("PING") == "PONG"
        except (OSError, RuntimeError, ValueError):
            return False

    def manifest(self, archive):
        return json.loads(pathlib.Path(str(archive) + ".manifest.json").read_text())

    def complete(self, archive):
        """Whether an archive is what its manifest says."""
        content = archive.read_bytes()
        manifest = self.manifest(archive)
        gzip.decompress(content)
        return (manifest["sha256"], manifest["bytes"], manifest["archive"]) == (
            hashlib.sha256(content).hexdigest(), len(content), archive.name)

    def audit(self, archive):
        """Loads an archive without any of the scripts: what is wrong with it, or None."""
        folder = self.workspace / "loaded"
        shutil.rmtree(folder, ignore_errors=True)
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        port = harness.free_ports(1)[0]
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir",
             str(folder / "redis"), "--appendonly", "yes", "--aof-load-truncated", "no"],
            executable=self.server, stdout=subprocess.DEVNULL)  # Redis looks at its name
        try:
            redis = harness.Redis(port)
            harness.wait_for("it is loaded", lambda: self.answers(redis, server), 30)
            return self.differences(archive, redis)
        except (TimeoutError, RuntimeError) as error:
            return str(error)
        finally:
            server.kill()
            server.wait()

    @staticmethod
    def answers(redis, server):
        if server.poll() is not None:
            raise RuntimeError("redis-server refuses it")
        try:
            return redis.command("PING") == "PONG"
        except (OSError, RuntimeError):
            return False

    def differences(self, archive, redis):
        manifest = self.manifest(archive)
        if not manifest["keysExact"] or manifest["keys"] != redis.command("DBSIZE"):
            return "%s keys loaded, not %s" % (redis.command("DBSIZE"), manifest["keys"])
        pairs = redis.command("HGETALL", "{fcrawler}:offsets")
        if dict(zip(pairs[::2], pairs[1::2])) != manifest["kafkaOffsets"]:
            return "other Kafka offsets: %s" % pairs
        env = {**os.environ, "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(redis.port)}
        env.pop("REDIS_URL", None)
        audit = subprocess.run(
            [harness.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar",
             str(harness.ROOT / "submit-api/target/submit-api.jar"), "audit"],
            env=env, stdout=subprocess.PIPE, text=True, timeout=60, check=False)
        lines = audit.stdout.splitlines()
        good = audit.returncode == 0 and lines and lines[-1].endswith(" 0 differ")
        return None if good else audit.stdout

    # --- the checks ------------------------------------------------------------------------------

    def hot_backups(self):
        pid = self.fcrawler.pid("redis")
        taken, at, times = [], [], []
        for number in range(HOT):
            if number % 7 == 3:
                self.fcrawler.redis.command("BGREWRITEAOF")
            began = time.time()
            taken.append(self.backup("--hot"))
            times.append(time.time() - began)
            at.append(self.fcrawler.api.progress(self.seed)["crawled"])
        progress = self.fcrawler.api.progress(self.seed)
        self.report.true("the crawl went on meanwhile",
                         progress["status"] == "crawling" and at[-1] > at[0] + 100,
                         "%s to %s of %s" % (at[0], at[-1], progress["total"]))
        self.report.equal("redis was not stopped", self.fcrawler.pid("redis"), pid)
        self.report.equal("its setting is as it was", self.fcrawler.redis.command(
            "CONFIG", "GET", "auto-aof-rewrite-percentage"), ["auto-aof-rewrite-percentage", "100"])
        self.report.say("a hot backup takes %.1f to %.1f s" % (min(times), max(times)))
        wrong = {archive.name: what for archive in taken if (what := self.audit(archive))}
        self.report.equal("%d hot backups that the audit does not accept" % len(taken), wrong, {})
        self.report.equal("modes", {self.manifest(one)["mode"] for one in taken}, {"hot"})

    def interrupted_cold_backups(self):
        began = time.time()
        archive = self.backup()
        whole = time.time() - began
        self.report.equal("a cold backup, audited", self.audit(archive), None)
        for number in range(BREAKS):
            how = (signal.SIGINT, signal.SIGKILL, signal.SIGTERM)[number % 3]
            self.break_off(how, whole * (number + 0.7) / BREAKS)
        self.report.equal("the folder of backups holds nothing half", [
            file.name for file in self.target.iterdir() if file.name.startswith(".")], [])
        archive = self.backup("--verify", "--keep", 3)
        self.report.equal("archives that --keep 3 leaves", len(self.archives()), 3)
        self.report.true("the last of them is the newest", self.archives()[-1] == archive)

    def break_off(self, how, delay):
        """Ctrl-C goes to the whole group, as from a terminal; the others to the script alone."""
        process = subprocess.Popen(
            self.command("backup-redis.sh", "--dir", self.target), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(delay)
        if how == signal.SIGINT:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        code = process.wait(60)
        name = "broken off by %s after %.2f s (exit code %d)" % (how.name, delay, code)
        state = self.fcrawler.data / "run" / "redis-backup.lock.state"
        harness.wait_for("all is put right", lambda: not state.exists(), 60)
        harness.wait_for("redis is up " + name, self.is_up, 60)
        whole = all(self.complete(archive) for archive in self.archives())
        held = (self.fcrawler.data / "run" / "redis.hold").exists()
        ended = code in (-how, 128 + how, 0)  # -how: before there was anything to put right
        self.report.true(name + ": redis is up and free, archives are whole",
                         whole and not held and ended)

    def one_at_a_time(self):
        both = [subprocess.Popen(self.command("backup-redis.sh", "--hot", "--dir", self.target),
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL) for _ in range(2)]
        self.report.equal("two at once", sorted(one.wait(60) for one in both), [0, 4])
        with open(self.fcrawler.data / "run" / "redis-backup.lock", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.report.equal("a restore while another holds the lock",
                              self.restore(self.archives()[-1]).returncode, 4)

    def no_space(self):
        small_disk = self.workspace / "small disk"
        small_disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small_disk)],
                          stderr=subprocess.DEVNULL, check=False).returncode != 0:
            self.report.say("a full disk was NOT tried: no file system can be mounted here")
            return
        try:
            pid = self.fcrawler.pid("redis")
            done = self.script("backup-redis.sh", "--dir", small_disk)
            self.report.true("a full disk is refused", done.returncode == 5, done.stdout.strip())
            self.report.equal("and left empty", list(small_disk.iterdir()), [])
            self.report.equal("redis was not stopped", self.fcrawler.pid("redis"), pid)
        finally:
            subprocess.run(["umount", str(small_disk)], check=False)

    def damaged_archives(self):
        good = self.backup()
        folder = self.workspace / "damaged"
        folder.mkdir()
        before = (self.fcrawler.pid("redis"), self.content())
        for name, content in self.damages(good).items():
            file = folder / (name + ".tar.gz")
            file.write_bytes(content)
            done = self.restore(file)
            self.report.true("refused: " + name, done.returncode == 7,
                             done.stdout.strip().splitlines()[-1][-150:])
        flipped = folder / good.name
        flipped.write_bytes(flip(good.read_bytes()))
        shutil.copy(str(good) + ".manifest.json", folder)
        done = self.restore(flipped)
        self.report.true("refused: not what its manifest says", done.returncode == 7 and "SHA-256" in done.stdout)
        self.report.equal("redis and its data are untouched", (self.fcrawler.pid("redis"), self.content()), before)

    def content(self):
        """A digest of what does not change by itself."""
        redis = self.fcrawler.redis
        keys = sorted(key for key in redis.keys("fcrawler:seed:*") if ":session:" not in key)
        counters = [redis.command("GET", key) for key in keys
                    if key.endswith((":total", ":crawled", ":failed"))]
        files = sorted(file.name for file in (self.fcrawler.data / "redis").iterdir())
        return len(keys), counters, files

    def damages(self, good):
        content = good.read_bytes()
        with tarfile.open(good) as tar:
            members = {one.name: (one, tar.extractfile(one).read() if one.isfile() else b"")
                       for one in tar.getmembers()}
        manifest = next(name for name in members if name.endswith(".manifest"))
        log = max(name for name in members if name.endswith(".incr.aof"))
        cut = dict(members)
        cut[log] = (members[log][0], members[log][1][:-7])
        file = tarfile.TarInfo("redis/dump.rdb")
        link = tarfile.TarInfo("redis/dump.rdb")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        extra = {"/tmp/absolute": (tarfile.TarInfo("/tmp/absolute"), b"x")}
        above = {"redis/../../x": (tarfile.TarInfo("redis/../../x"), b"x")}
        return {
            "truncated": content[:len(content) * 2 // 3],
            "bit-flipped": flip(content),
            "empty": b"",
            "no archive": b"something else" * 100,
            "foreign": packed({"etc/passwd": (tarfile.TarInfo("etc/passwd"), b"x")}),
            "with an absolute path": packed({**members, **extra}),
            "with a path above": packed({**members, **above}),
            "with a link": packed({**members, "link": (link, b"")}),
            "without the manifest of the append-only file": packed(
                {name: one for name, one in members.items() if name != manifest}),
            "without a file of the append-only file": packed(
                {name: one for name, one in members.items() if name != log}),
            "with an append-only file that was cut": packed(cut),
            "with an RDB that is none": packed({"redis/dump.rdb": (file, b"x" * 99)}),
        }

    def seeds_after_the_backup(self):
        archive = self.backup("--hot")
        later = ["127.0.1.%d:%d" % (i, self.site.port) for i in range(1, 6)]
        for seed in later:
            self.fcrawler.api.must_submit("http://%s/" % seed, delayMs=0)
        for seed in later:
            self.fcrawler.api.wait(seed, 60)
        self.fcrawler.redis.command("SET", "from-before", "the restore")
        done = self.restore(archive, "--keep-old")
        self.report.equal("restored", done.returncode, 0) or self.report.say(done.stdout)
        self.report.equal("redis went back", self.fcrawler.redis.command("EXISTS", "from-before"), 0)
        kept = list((self.fcrawler.data / "redis").glob("before-restore-*"))
        self.report.equal("folders with the old data", len(kept), 1)
        harness.wait_for("the API is ready", self.fcrawler.api.ready, 60)
        for seed in later:
            progress = self.fcrawler.api.wait(seed, 90)
            self.report.equal("submitted after the backup: %s" % seed,
                              (progress["crawled"], progress["total"]), (3, 3))
        self.clean("after the restore", self.seed, *later)
        for folder in kept:
            shutil.rmtree(folder)

    def snapshots(self):
        if shutil.which("redis-cli") is None:
            self.report.say("--remote was NOT tried: redis-cli is not on the PATH")
            return
        keys = self.lasting_keys()
        archive = self.backup("--remote", "redis://127.0.0.1:%d" % self.fcrawler.redis_port)
        with tarfile.open(archive) as tar:
            self.report.equal("a remote backup", tar.getnames(), ["redis", "redis/dump.rdb"])
            dump = tar.extractfile("redis/dump.rdb").read()
        plain = self.workspace / "a plain.rdb"
        plain.write_bytes(dump)
        for words in ((archive,), ("--from-rdb", plain)):
            self.fcrawler.redis.command("SET", "from-before", "the restore")
            done = self.restore(*words)
            self.report.equal("restored from an RDB", done.returncode, 0) or self.report.say(done.stdout)
            self.report.equal("keys", self.lasting_keys(), keys)
        readies = self.fcrawler.readies("redis")
        self.fcrawler.kill("redis")
        self.fcrawler.await_restart("redis", readies)
        self.report.equal("keys after a kill -9 of redis", self.lasting_keys(), keys)
        self.clean("after the RDB", self.seed)

    def lasting_keys(self):
        return len([key for key in self.fcrawler.redis.keys("*")
                    if ":session:" not in key and not key.startswith("fcrawler:worker:")])

    def without_the_launcher(self):
        keys = self.lasting_keys()
        self.report.equal("exit code of the orderly stop", self.fcrawler.stop(), 0)
        archive = self.backup("--verify")
        self.report.equal("a cold backup of a stopped redis leaves it stopped", self.is_up(), False)
        done = self.restore(archive)
        self.report.equal("restored while stopped", done.returncode, 0) or self.report.say(done.stdout)
        self.report.equal("and left stopped", self.is_up(), False)
        self.fcrawler.start()
        self.report.equal("keys after the next start", self.lasting_keys(), keys)
        self.clean("at last", self.seed)
        self.report.equal("exit code of the orderly stop", self.fcrawler.stop(), 0)
        self.report.equal("processes left over", self.fcrawler.leftovers(), [])


def flip(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 16]) + content[middle + 1:]


def packed(members):
    """An archive of these, by name: what tar says of each, and its content."""
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as tar:
        for one, content in members.values():
            one.size = len(content)
            tar.addfile(one, io.BytesIO(content))
    return memory.getvalue()

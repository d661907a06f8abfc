"""What is measured: the raw limit, and a crawl by the whole of fcrawler with what it costs."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import urllib.request

import harness

# As scripts/standalone.sh starts a worker.
JVM = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
       "--sun-misc-unsafe-memory-access=allow"]
JAR = harness.ROOT / "infra/testing/benchmark/target/benchmark.jar"
POLL_SECONDS = 0.5


def train_raw_limit(urls_file, connections, cache, limit):
    """Makes an ahead-of-time cache of a run, since fcrawler's parts start from such caches, too."""
    run_raw_limit(["-XX:AOTCacheOutput=%s" % cache], urls_file, connections, limit)


def raw_limit(urls_file, connections, limit, cache=None):
    """pages/s and CPU of a program that knows all URLs beforehand; by itself, or from a cache."""
    options = ["-XX:AOTCache=%s" % cache] if cache else []
    output = run_raw_limit(options, urls_file, connections, limit)
    got = json.loads(output)
    return {"urls": got["urls"], "failed": got["failed"], "bytes": got["bytes"],
            "seconds": got["seconds"], "pages/s": got["urls"] / got["seconds"],
            "cpu": 1000 * got["cpuSeconds"] / got["urls"]}


def run_raw_limit(options, urls_file, connections, limit):
    process = subprocess.Popen(
        [harness.java(), *JVM, *options, "-jar", str(JAR), str(urls_file), str(connections)],
        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    try:
        output, _ = process.communicate(timeout=limit)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(10)
    if process.returncode != 0:
        raise RuntimeError("the raw limit's program ended with %d" % process.returncode)
    return output


class Crawl:
    """One crawl of one site, by a fcrawler that is started for it and has an empty store."""

    def __init__(self, folder, web, start, options):
        self.folder = folder
        self.web = web
        self.start = start
        self.options = options

    def measure(self, connections):
        self.folder.mkdir()
        fcrawler = harness.Standalone(self.folder, workers=self.options.workers)
        try:
            fcrawler.start()
            return self.crawl(fcrawler, connections)
        finally:
            fcrawler.destroy()

    def crawl(self, fcrawler, connections):
        pids = self.pids(fcrawler)
        before = Sample(fcrawler, pids)
        submitted = fcrawler.api.must_submit(self.web.url(self.start), delayMs=0,
                                             connectionsPerHost=connections)
        done, polls = self.await_end(fcrawler, submitted["seed"])
        after = Sample(fcrawler, pids)
        if pids != self.pids(fcrawler):
            raise RuntimeError("a part was started again:\n" + fcrawler.lines()[-1000:])
        verdict = fcrawler.api.get(submitted["seed"], "/receipt")["verdict"]
        return figures(before, after, done, polls, verdict)

    def pids(self, fcrawler):
        workers = ["crawler-worker-%d" % (i + 1) for i in range(self.options.workers)]
        pids = {part: fcrawler.pid(part) for part in ["redis", "kafka", "submit-api"] + workers}
        return {**pids, "nginx": child(self.web.process.pid)}

    def await_end(self, fcrawler, seed):
        """The final progress, and how often it was asked for."""
        polls = 0

        def done():
            nonlocal polls
            polls += 1
            progress = fcrawler.api.progress(seed)
            return progress if progress and progress["status"] == "done" else None

        return harness.wait_for("the crawl is done", done, self.options.limit, POLL_SECONDS), polls


class Sample:
    """What all parts have used so far."""

    def __init__(self, fcrawler, pids):
        self.cpu = {part: cpu_seconds(pid) for part, pid in pids.items()}
        self.memory = {part: peak_memory(pid) for part, pid in pids.items()}
        memory = info(fcrawler.redis, "memory")
        self.redis_bytes = int(memory["used_memory"])
        self.redis_peak = int(memory["used_memory_peak"])
        self.calls = {name[len("cmdstat_"):]: int(re.match(r"calls=(\d+)", text)[1])
                      for name, text in info(fcrawler.redis, "commandstats").items()}
        self.meters = worker_meters(fcrawler)


def figures(before, after, done, polls, verdict):
    thousands = done["total"] / 1000
    took = (instant(done["finishedAt"]) - instant(done["submittedAt"])).total_seconds()
    calls = {name: count - before.calls.get(name, 0) for name, count in after.calls.items()}
    scripts = calls.get("evalsha", 0) - polls
    known = done["total"] + done["excluded"]
    fetches = after.meters["count"] - before.meters["count"]
    return {
        "urls": done["total"], "failed": done["failed"], "bytes": done["bytes"],
        "excluded": done["excluded"], "verdict": verdict, "seconds": took,
        "pages/s": done["total"] / took,
        "cpu": summed({part: (used - before.cpu[part]) / thousands
                       for part, used in after.cpu.items()}),
        "memory": after.memory,
        # Of all scripts the turn alone sets the three counters, each time that it settled something;
        # the one that opens the crawl does, too, once.
        "turns": (calls.get("mset", 0) - 1) / thousands,
        "scripts": scripts / thousands,
        "commands": (sum(calls.values()) - calls.get("evalsha", 0)) / thousands,
        "fetches": fetches / thousands,
        "fetch ms": 1000 * (after.meters["sum"] - before.meters["sum"]) / max(fetches, 1),
        "redis bytes": (after.redis_bytes - before.redis_bytes) / known,
        "redis peak": (after.redis_peak - before.redis_bytes) / known,
    }


def summed(by_part):
    """All workers as one."""
    sums = {}
    for part, value in by_part.items():
        name = "worker" if part.startswith("crawler-worker") else part
        sums[name] = sums.get(name, 0) + value
    return sums


def instant(text):
    return datetime.datetime.fromisoformat(text)


def child(pid):
    """The only child of a process: nginx's worker."""
    children = pathlib.Path("/proc/%d/task/%d/children" % (pid, pid)).read_text().split()
    return int(children[0])


def cpu_seconds(pid):
    """User and system time of a process so far."""
    stat = pathlib.Path("/proc/%d/stat" % pid).read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid):
    """Most resident memory so far, MiB."""
    status = pathlib.Path("/proc/%d/status" % pid).read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def info(redis, section):
    lines = redis.command("INFO", section).splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


def worker_meters(fcrawler):
    """How many fetches all workers made, and how many seconds these took."""
    totals = {"count": 0.0, "sum": 0.0}
    for address in re.findall(r"crawler-worker-\d+ is ready: (http://\S+)", fcrawler.lines()):
        with urllib.request.urlopen(address + "/metrics", timeout=10) as response:
            text = response.read().decode()
        for name in totals:
            for value in re.findall(r"(?m)^fcrawler_fetch_seconds_%s\S* (\S+)" % name, text):
                totals[name] += float(value)
    return totals

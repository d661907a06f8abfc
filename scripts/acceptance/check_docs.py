"""docs: real documentation trees on nginx, each crawled whole."""

import json
import os
import shutil
import subprocess
import time
import urllib.parse

import harness
import nginx
import truth
import verify

# Debian's packages of documentation, where each is, and its start page.
TREES = {
    "python3-doc": ("python3-doc", "/usr/share/doc/python3-doc/html", "/"),
    "openjdk-17-doc": ("openjdk-17-doc", "/usr/share/doc/openjdk-17-doc", "/index.html"),
    "libboost1.81-doc": ("libboost1.81-doc", "/usr/share/doc/libboost1.81-doc/doc/html",
                         "/index.html"),
}


class LoggedNginx(nginx.Nginx):
    """On a folder; its log is that of an instrumented site."""

    def __init__(self, folder, root):
        super().__init__(folder, nginx.files(root), "%s/access.log json" % folder)

    def entries(self):
        found = []
        for line in (self.folder / "access.log").read_text(errors="replace").splitlines():
            entry = json.loads(line)
            if not entry["path"]:  # a request that nginx refuses, such as one with a stray %
                words = entry["line"].split(" ")
                if len(words) != 3 or words[0] != "GET":
                    continue  # no HTTP: the handshake with which a seed without a scheme is tried
                entry["path"] = words[1]
            entry["t0"] = entry["t1"] - entry["took"]
            entry["url"] = truth.normal("http://" + self.authority + entry["path"])
            found.append(entry)
        return found

    def reset(self):
        """Forgets all requests."""
        os.truncate(self.folder / "access.log", 0)


def install(report, package):
    """Has a Debian package, if this may install one."""
    if not shutil.which("dpkg-query"):
        raise harness.CannotRun("this is no Debian, whose package %s is to be had" % package)
    have = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package],
                          capture_output=True, check=False).stdout.endswith(b" installed")
    if have:
        return
    if os.getuid() != 0:
        raise harness.CannotRun("%s is not installed, and only root may do that" % package)
    report.say("installing " + package)
    done = subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", package],
                          env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    if done.returncode != 0:
        raise harness.CannotRun("apt-get install %s failed" % package)


def run(report, workspace, options):
    if not nginx.program():
        install(report, "nginx-light")
    fcrawler = harness.Standalone(workspace.path)
    try:
        fcrawler.start()
        for name in options.trees or ["python3-doc"]:
            tree(report, workspace, fcrawler, name, options)
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
        report.equal("parts that had to be started again", fcrawler.restarts(), 0)
    finally:
        fcrawler.destroy()


def tree(report, workspace, fcrawler, name, options):
    package, root, start = TREES[name]
    install(report, package)
    site = LoggedNginx(workspace / name, root)
    try:
        began = time.time()
        expected = truth.find("http://" + site.authority + start)
        report.say("%s: %d URLs reachable, %d of them broken, as found in %.0f s" % (
            name, len(expected["reachable"]), len(expected["failed"]), time.time() - began))
        site.reset()
        crawl(report, fcrawler, site, start, expected, options)
    finally:
        site.close()


def crawl(report, fcrawler, site, start, expected, options):
    seed = site.authority
    began = time.time()
    domain = seed if start == "/" else "http://" + seed + start
    answer = fcrawler.api.must_submit(domain, delayMs=0, connectionsPerHost=6)
    report.equal("seed", answer["seed"], seed)
    report.true("status after the submission", answer["status"] in ("queued", "crawling"))
    fcrawler.api.wait(seed, options.limit)
    took = time.time() - began
    report.say("crawled in %.1f s: %.0f URLs/s" % (took, len(expected["reachable"]) / took))
    verify.whole_crawl(report, fcrawler, seed, expected, verify.Expectations())
    entries = site.entries()
    asked = [one for one in entries if urllib.parse.urlsplit(one["url"]).path != "/robots.txt"]
    report.same("nginx: URLs requested", {one["url"] for one in asked}, set(expected["reachable"]))
    verify.requested_once(report, asked, dict.fromkeys(expected["reachable"], 1))
    report.at_most("nginx: robots.txt requested", len(entries) - len(asked), 1)

"""redirect-host: a start page that redirects to another host of its domain brings it into scope."""

import harness
import testsite
import truth
import verify
from testsite import Page

HOSTS = ("a.example", "www.a.example", "other.a.example", "b.example", "www.b.example")
PAGES = 200


def run(report, workspace, options):
    resolve = {host: "127.0.0.1" for host in HOSTS}
    fcrawler = harness.Standalone(
        workspace.path, FCRAWLER_RESOLVE=",".join("%s=%s" % one for one in resolve.items()))
    site = testsite.Site(lambda host, path: None, workspace / "requests.jsonl")
    site.pages = lambda host, path: page(site.port, host, path)
    try:
        fcrawler.start()
        for domain, start, expected in (
                # Without a scheme: https is tried, which this server does not speak.
                ("a.example:%d", "http://a.example:%d/", 2 * PAGES + 2),
                ("http://b.example:%d", "http://b.example:%d/", 1),
                ("http://www.a.example:%d/p/1", "http://www.a.example:%d/p/1", PAGES + 1)):
            one(report, fcrawler, site, resolve, domain % site.port, start % site.port, expected)
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
    finally:
        fcrawler.destroy()
        site.close()


def page(port, host, path):
    """a.example redirects to www.a.example, whose pages link to both and to further hosts."""
    name = host.partition(":")[0]
    at = lambda other, where: "http://%s:%d%s" % (other, port, where)
    if path == "/robots.txt":
        return None
    if name == "b.example":  # to another registrable domain, which does not join
        return Page(status=301, headers=[("Location", at("a.example", "/"))])
    if name == "a.example" and path == "/":
        return Page(status=301, headers=[("Location", at("www.a.example", "/"))])
    if name == "a.example":
        return Page(b"<title>Old</title>") if path.startswith("/p/") else None
    if name != "www.a.example":
        return Page(b"<a href='/trap'>out of scope</a>")
    number = int(path[3:]) if path.startswith("/p/") else 0
    links = [at(host, "/p/%d" % i) for i in (2 * number + 1, 2 * number + 2) if i <= PAGES
             for host in ("www.a.example", "a.example")]
    links += ["/", at("other.a.example", "/p/1"), at("b.example", "/p/2")]
    return Page("".join("<a href='%s'>x</a>" % link for link in links).encode())


def one(report, fcrawler, site, resolve, domain, start, count):
    expected = truth.find(start, addresses=resolve)
    site.reset()
    report.say("%s: %d URLs" % (domain, len(expected["reachable"])))
    report.equal("URLs reachable by truth.py", len(expected["reachable"]), count)
    seed = fcrawler.api.must_submit(domain, delayMs=0, connectionsPerHost=2)["seed"]
    report.equal("seed", seed, truth.authority(start))
    fcrawler.api.wait(seed, 120)
    verify.whole_crawl(report, fcrawler, seed, expected, verify.Expectations())
    entries = site.entries()
    for entry in entries:
        entry["url"] = truth.normal("http://" + entry["host"] + entry["path"])
    verify.requested_once(report, entries, dict.fromkeys(expected["reachable"], 1))

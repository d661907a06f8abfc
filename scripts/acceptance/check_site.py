"""site: the generated site with all its oddities, crawled without a disturbance."""

import harness
import generated
import testsite
import truth
import verify


def run(report, workspace, options):
    fcrawler = harness.Standalone(
        workspace.path, workers=options.workers, FCRAWLER_RETRY_DELAY="300ms")
    try:
        fcrawler.start()
        for number in range(options.runs):
            one_run(report, workspace, fcrawler, options, options.seed + number)
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
        report.equal("parts that had to be started again", fcrawler.restarts(), 0)
    finally:
        fcrawler.destroy()


def one_run(report, workspace, fcrawler, options, seed):
    site = testsite.Site(lambda host, path: None, workspace / ("requests-%d.jsonl" % seed))
    try:
        made = generated.GeneratedSite(site.authority, options.pages, seed)
        site.pages = made.page
        expected = made.truth()
        report.say("seed %d: %d URLs, %d of them broken" % (
            seed, len(expected["reachable"]), len(expected["failed"])))
        checker(report, site, expected)
        crawl(report, fcrawler, site, made, expected, options.workers)
    finally:
        site.close()


def checker(report, site, expected):
    """The independent link checker finds what the site knows of itself."""
    found = truth.find("http://%s/" % site.authority)
    for part in expected:
        report.same("truth.py: " + part, found[part] if isinstance(found[part], dict)
                    else set(found[part]), expected[part] if isinstance(expected[part], dict)
                    else set(expected[part]))
    site.reset()


def crawl(report, fcrawler, site, made, expected, workers):
    seed = site.authority
    connections = 4
    fcrawler.api.must_submit("http://%s/" % seed, delayMs=0, connectionsPerHost=connections)
    fcrawler.api.wait(seed, 240)
    verify.whole_crawl(report, fcrawler, seed, expected, verify.Expectations())
    entries = site.entries()
    for entry in entries:
        entry["url"] = truth.normal(made.url(entry["path"]))
    paths = {made.url(path): made.requests(path) for path in made.pages}
    verify.requested_once(
        report, entries, {url: paths.get(url, 1) for url in expected["reachable"]})
    report.at_most("requests of /robots.txt", site.counts["/robots.txt"], workers)
    report.at_most("requests at once", verify.most_at_once(entries), connections)
    report.equal("requests of traps", [one["path"] for one in entries if "/trap" in one["path"]],
                 [])
    report.equal("user agents", {one["agent"].partition("/")[0] for one in entries}, {"fcrawler"})

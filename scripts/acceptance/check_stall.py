"""stall: one of two workers stands still for longer than the session timeout, and wakes up again."""

import signal
import time

import generated
import harness
import testsite
import truth as true_site
import verify

DELAY = 0.03
CONNECTIONS = 6
STALL = 22


def run(report, workspace, options):
    fcrawler = harness.Standalone(workspace.path, workers=2)
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
        made = generated.GeneratedSite(site.authority, options.pages, seed, delay=DELAY)
        site.pages = made.page
        crawl(report, fcrawler, site, made)
    finally:
        site.close()


def crawl(report, fcrawler, site, made):
    expected, faults = made.truth(), verify.Faults()
    total = len(expected["reachable"])
    fcrawler.api.must_submit("http://%s/" % site.authority, delayMs=0,
                             connectionsPerHost=CONNECTIONS)
    for share, worker in ((0.2, 1), (0.5, 2)):
        harness.wait_for("requests", lambda: site.distinct() >= total * share, 120, 0.01)
        report.say("worker %d stands still, at %d of %d" % (worker, site.distinct(), total))
        part = "crawler-worker-%d" % worker
        faults.begin("stall", 2.0)
        fcrawler.signal(part, signal.SIGSTOP)
        time.sleep(STALL)
        fcrawler.signal(part, signal.SIGCONT)
        faults.end(4.0)
    fcrawler.api.wait(site.authority, 240)
    entries = [one for one in site.entries() if one["path"] != "/robots.txt"]
    for entry in entries:
        entry["url"] = true_site.normal(made.url(entry["path"]))
    attempts = {made.url(path): made.requests(path) for path in made.pages}
    excused, unexcused = verify.repeats(entries, faults, lambda url: attempts.get(url, 1))
    report.equal("URLs requested again for no stall's sake", unexcused[:5], [])
    report.at_most("URLs requested again", sum(excused.values()), 2 * CONNECTIONS * 25)
    verify.whole_crawl(report, fcrawler, site.authority, expected,
                       verify.Expectations(again=sum(excused.values())))
    report.at_most("requests at once", verify.most_at_once(entries), CONNECTIONS)

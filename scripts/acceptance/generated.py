"""A site made up from a seed, which knows its own truth: what is reachable, and what of it fails.

The truth is written down with each link, never computed from the markup, so that it holds
``truth.py`` to account as well. Paths below /trap/ are named where no crawler may follow.
"""

import html
import random
from collections import deque

from testsite import Page

REDIRECTS = (301, 302, 303, 307, 308)
FAILURES = (400, 401, 403, 404, 410, 451)
FILES = (
    ("pdf", "application/pdf", b"%PDF-1.4\n<a href='/trap/in-pdf'>x</a>"),
    ("txt", "text/plain; charset=utf-8", b"<a href='/trap/in-text'>x</a>"),
    ("png", "image/png", b"\x89PNG\r\n\x1a\n<a href='/trap/in-png'>x</a>"),
    ("json", "application/json", b'{"html": "<a href=\'/trap/in-json\'>x</a>"}'),
    ("css", "text/css", b"@import '/trap/in-css';"),
    ("bin", "application/octet-stream", bytes(range(256)) * 40),
)

# A reference as it stands in the attribute href="...", and the path that it means on the page
# /odd/index.html. HOST is the site's authority.
ODD = (
    ("/odd/a b.html", "/odd/a%20b.html"),
    ("/odd/a%20b.html", "/odd/a%20b.html"),
    ("/odd/%7euser", "/odd/~user"),
    ("/odd/~user", "/odd/~user"),
    ("/odd/%41%62c", "/odd/Abc"),
    ("/odd/caf%c3%a9", "/odd/caf%C3%A9"),
    ("/odd/café", "/odd/caf%C3%A9"),
    ("/odd/caf&eacute;", "/odd/caf%C3%A9"),
    ("/odd/中文?查=询", "/odd/%E4%B8%AD%E6%96%87?%E6%9F%A5=%E8%AF%A2"),
    ("/odd/😀", "/odd/%F0%9F%98%80"),
    ("/odd/x%2fy", "/odd/x%2Fy"),
    ("/odd/x/y", "/odd/x/y"),
    ("/odd/Case", "/odd/Case"),
    ("/odd/case", "/odd/case"),
    ("/odd/q?a=1&amp;b=2", "/odd/q?a=1&b=2"),
    ("/odd/q?a=1&b=2", "/odd/q?a=1&b=2"),
    ("/odd/q?b=2&amp;a=1", "/odd/q?b=2&a=1"),
    ("/odd/q?", "/odd/q"),
    ("/odd/q?a=1&amp;a=1", "/odd/q?a=1&a=1"),
    ("/odd/q?x=a+b%20c", "/odd/q?x=a+b%20c"),
    ("/odd/q?u=http://x/?y", "/odd/q?u=http://x/?y"),
    ("?rel=1", "/odd/index.html?rel=1"),
    ("//HOST/odd/two-slashes", "/odd/two-slashes"),
    ("HTTP://HOST/odd/upper-scheme", "/odd/upper-scheme"),
    ("http:same-scheme", "/odd/same-scheme"),
    ("http://HOST/odd/./b/../dots", "/odd/dots"),
    ("./././dots2", "/odd/dots2"),
    ("../../../../above", "/above"),
    ("%2e%2e/encoded-dots", "/encoded-dots"),
    ("x/..", "/odd/"),
    ("...", "/odd/..."),
    ("\t/odd/ta\nb\r\n ", "/odd/tab"),
    ("/odd/semi;v=1;w", "/odd/semi;v=1;w"),
    (";v=2", "/odd/;v=2"),
    ("//HOST//odd//empty//", "//odd//empty//"),
    ("/odd/plus+sign", "/odd/plus+sign"),
    ("./a:b", "/odd/a:b"),
    ("/odd/back\\slash", "/odd/back/slash"),
    ("\\odd\\back", "/odd/back"),
    ("/odd/$&amp;'()*,=@!", "/odd/$&'()*,=@!"),
    ("/odd/a|b", "/odd/a%7Cb"),
    ("/odd/a^b`c", "/odd/a%5Eb%60c"),
    ("/odd/{a}", "/odd/%7Ba%7D"),
    ("/odd/&lt;a&gt;", "/odd/%3Ca%3E"),
    ("/odd/&quot;a&quot;", "/odd/%22a%22"),
    ("/odd/frag#x", "/odd/frag"),
    ("/odd/frag#y?z", "/odd/frag"),
    ("#here", "/odd/index.html"),
    ("", "/odd/index.html"),
    ("/odd/dot.", "/odd/dot."),
    ("/odd/" + "l" * 1800, "/odd/" + "l" * 1800),
)

# Markup that holds a link, whose path is below /holder/.
HOLDERS = (
    ("<a href='/holder/a'>x</a>", "a"),
    ("<A\nHREF = /holder/unquoted>x</A>", "unquoted"),
    ("<a class=x href=\"/holder/double\" rel=nofollow>x</a>", "double"),
    ("<a href='&#47;holder&#x2f;entities'>x</a>", "entities"),
    ("<a href=/holder/first href=/trap/second>x</a>", "first"),
    ("<map><area href='/holder/area'></map>", "area"),
    ("<iframe src='/holder/iframe'></iframe>", "iframe"),
    ("<link rel=canonical href='/holder/canonical'>", "canonical"),
    ("<link rel='NEXT' href='/holder/next'>", "next"),
    ("<link rel='start prev' href='/holder/prev'>", "prev"),
    ("<link rel=alternate hreflang=de href='/holder/alternate'>", "alternate"),
    ("<meta http-equiv=refresh content='5; url=/holder/refresh'>", "refresh"),
    ("<meta http-equiv='Refresh' content=\"0;URL='/holder/quoted-refresh'\">", "quoted-refresh"),
    ("<noscript><a href='/holder/noscript'>x</a></noscript>", "noscript"),
    ("<div><p><a href='/holder/unclosed'><b>x<table><td>", "unclosed"),
    ("<svg></svg><a href='/holder/after-svg'>x</a>", "after-svg"),
)

TRAPS = """
<!-- <a href='/trap/comment'>x</a> -->
<script>var s = "<a href='/trap/script'>x</a>"; location = '/trap/location';</script>
<script src='/trap/script.js'></script><style>a { background: url(/trap/style) }</style>
<img src='/trap/image'><form action='/trap/form'><button formaction='/trap/button'></button></form>
<textarea><a href='/trap/textarea'>x</a></textarea><div data-href='/trap/data'></div>
<link rel=stylesheet href='/trap/stylesheet'><link href='/trap/no-rel'>
<a name='/trap/name'>x</a><a href='mailto:trap@HOST'>x</a><a href='javascript:"/trap/js"'>x</a>
<a href='ftp://HOST/trap/ftp'>x</a><a href='data:text/html,/trap/data'>x</a><a href='tel:1'>x</a>
<a href='http://127.0.0.2:PORT/trap/other-host'>x</a><a href='http://localhost:PORT/trap/name'>x</a>
<a href='http://127.0.0.1:1/trap/other-port'>x</a><a href='http://['>x</a><a href='http://'>x</a>
<a href='https:'>x</a><a href='http://HOST:99999/trap/port'>x</a><a href='http://a b/trap/'>x</a>
"""


class GeneratedSite:
    """The pages, by path; ``page`` is what a Site asks."""

    def __init__(self, authority, pages, seed, delay=0.0, fan_out=6, failures=True):
        self.authority = authority
        self.random = random.Random(seed)
        self.delay = delay
        self.pages = {}
        self.excluded = {}
        self.make_tree(pages, fan_out)
        self.make_redirects(max(10, pages // 50))
        self.make_broken(max(10, pages // 50), failures)
        self.make_files()
        self.make_odd()
        self.make_holders()
        self.make_big(2500)
        self.make_deep(60)
        self.make_robots()

    def page(self, _, path):
        return self.pages.get(path)

    def put(self, path, links=(), before="", targets=(), **more):
        """An HTML page with plain links, after any other markup, whose targets are named."""
        anchors = "".join(
            "<li><a href=\"%s\">%s</a>" % (html.escape(link), html.escape(link)) for link in links)
        text = "<!doctype html><title>%s</title>%s<ul>%s</ul>" % (
            html.escape(path), before, anchors)
        more.setdefault("body", text.encode())
        more.setdefault("delay", self.delay)
        page = Page(targets=list(targets) + list(links), **more)
        self.pages[path] = page
        return page

    def link(self, path, *targets):
        """Links from an HTML page that is there already."""
        page = self.pages[path]
        for target in targets:
            page.body += ("<p><a href=\"%s\">more</a>" % html.escape(target)).encode()
            page.targets.append(target)

    def any_page(self):
        return "/p/%d.html" % self.random.randrange(1, self.tree)

    def make_tree(self, pages, fan_out):
        """A tree, so that all is reachable, with as many links across it."""
        self.tree = pages
        names = ["/"] + ["/p/%d.html" % i for i in range(1, pages)]
        for i, name in enumerate(names):
            children = names[i * fan_out + 1:(i + 1) * fan_out + 1]
            across = [self.random.choice(names) for _ in range(fan_out)]
            mode = self.random.choice(("plain", "plain", "chunked", "gzip", "close"))
            self.put(name, children + across, before="<p>" + "Some words of text. " * 20, mode=mode)

    def make_redirects(self, count):
        for i in range(count):
            target = self.any_page()
            path = "/r/%d" % i
            spelled = self.random.choice(
                (target, "http://%s%s" % (self.authority, target), target + "#part"))
            self.redirect(path, spelled, target)
            self.link(self.any_page(), path)
        for chain in range(5):
            for step in range(8):
                last = step == 7
                target = self.any_page() if last else "/chain/%d/%d" % (chain, step + 1)
                self.redirect("/chain/%d/%d" % (chain, step), target, target)
            self.link(self.any_page(), "/chain/%d/0" % chain)
        self.redirect("/loop/self", "/loop/self", "/loop/self")
        self.redirect("/loop/a", "b", "/loop/b")
        self.redirect("/loop/b", "./a?", "/loop/a")
        self.redirect("/out", "http://127.0.0.2:1/trap/out", None)
        self.link(self.any_page(), "/loop/self", "/loop/a", "/out")
        self.pages["/nowhere"] = Page(b"", 302, delay=self.delay)
        self.link(self.any_page(), "/nowhere")

    def redirect(self, path, location, target):
        status = self.random.choice(REDIRECTS)
        self.pages[path] = Page(
            b"<a href='/trap/redirect'>x</a>", status, headers=[("Location", location)],
            delay=self.delay, targets=[target] if target else [])

    def make_broken(self, count, failures):
        for i in range(count):
            path = "/broken/%d" % i
            self.link(self.any_page(), path)
            if i % 3:
                self.pages[path] = Page(
                    b"<a href='/trap/failed'>x</a>", self.random.choice(FAILURES), delay=self.delay)
        for i in range(4 if failures else 0):
            self.pages["/error/%d" % i] = Page(
                b"<a href='/trap/error'>x</a>", (500, 502, 503, 504)[i], delay=self.delay)
            self.put("/flaky/%d" % i, ["/flaky/%d/child" % i], fails_first=1 + i % 2)
            self.put("/flaky/%d/child" % i)
            self.link(self.any_page(), "/error/%d" % i, "/flaky/%d" % i)
        for i in range(2 if failures else 0):
            self.pages["/reset/%d" % i] = Page(mode="reset")
            self.link(self.any_page(), "/reset/%d" % i)
        for i in range(4):
            self.put("/slow/%d" % i, [self.any_page()], delay=1.5)
            self.link(self.any_page(), "/slow/%d" % i)

    def make_files(self):
        for kind, media_type, body in FILES:
            path = "/files/file." + kind
            self.pages[path] = Page(body, type=media_type, delay=self.delay)
            self.link(self.any_page(), path)
        self.pages["/files/empty"] = Page(b"")
        self.pages["/files/no-content"] = Page(b"", 204, type="")
        self.pages["/files/large.html"] = Page(
            b"<a href='/p/1.html'>x</a>" + b"<p>filler" * 200_000, targets=["/p/1.html"])
        self.link(self.any_page(), "/files/empty", "/files/no-content", "/files/large.html")

    def make_odd(self):
        anchors = []
        for reference, target in ODD:
            anchors.append("<a href=\"%s\">x</a>" % reference.replace("HOST", self.authority))
            if target not in self.pages:
                self.put(target)
        anchors.append("<a href='/odd/%s'>x</a>" % ("z" * 2100))
        self.excluded["/odd/" + "z" * 2100] = "url_length"
        self.put("/odd/index.html", before="\n".join(anchors), targets=[t for _, t in ODD])
        latin = "<meta charset=iso-8859-1><a href='/odd/ü?ü=ß'>x</a>"
        self.put("/odd/latin.html", body=latin.encode("latin-1"), type="text/html",
                 targets=["/odd/%C3%BC?%FC=%DF"])
        self.put("/odd/%C3%BC?%FC=%DF")
        self.link("/", "/odd/index.html", "/odd/latin.html")

    def make_holders(self):
        paths = ["/holder/" + name for _, name in HOLDERS]
        for path in paths:
            self.put(path)
        port = self.authority.rpartition(":")[2]
        traps = TRAPS.replace("HOST", self.authority).replace("PORT", port)
        self.put("/holder/", before=traps + "\n".join(markup for markup, _ in HOLDERS),
                 targets=paths)
        self.make_header_holders()
        frames = b"<frameset><frame src='/holder/frame'><frame src='framed'></frameset>"
        self.put("/holder/frames", body=frames, targets=["/holder/frame", "/holder/framed"])
        base = b"<a href='before'>x</a><base href='/holder/base/'><base href='/trap/'><a href=after>"
        self.put("/holder/based", body=base,
                 targets=["/holder/base/before", "/holder/base/after"])
        for path in ("frame", "framed", "base/before", "base/after"):
            self.put("/holder/" + path)
        self.link("/", "/holder/", "/holder/frames", "/holder/based", "/holder/headers")

    def make_header_holders(self):
        names = ["link-next", "link-prev", "link-canonical", "header-refresh"]
        links = ('<link-next>; rel="next", </holder/link-prev>; title="a, b"; rel=prev,'
                 ' </trap/preload>; rel=preload')
        self.put("/holder/headers", headers=[
            ("Link", links),
            ("Link", "</holder/link-canonical>;rel=canonical"),
            ("Refresh", "9; url=/holder/header-refresh"),
        ], targets=["/holder/" + name for name in names])
        for name in names:
            self.put("/holder/" + name)

    def make_big(self, links):
        """A page of more links than one turn takes."""
        names = ["/big/%d" % i for i in range(links)]
        for name in names:
            self.pages[name] = Page(b"<title>Small</title>", delay=self.delay / 4)
        self.put("/big/", names)
        self.link("/", "/big/")

    def make_deep(self, depth):
        for i in range(depth):
            self.put("/deep/%d" % i, ["/deep/%d" % (i + 1)] if i + 1 < depth else [])
        self.link("/", "/deep/0")

    def make_robots(self):
        rules = ("User-agent: *\nDisallow: /trap\nDisallow: /private/\nAllow: /private/open\n"
                 "Disallow: /*.secret$\n\nUser-agent: otherbot\nDisallow: /\n")
        self.robots = Page(rules.encode(), type="text/plain")
        self.pages["/robots.txt"] = self.robots
        self.put("/private/open")
        self.put("/private/1", ["/trap/private"])
        self.put("/a.secret", ["/trap/secret"])
        self.link("/", "/private/open", "/private/1", "/a.secret")
        self.excluded.update({"/private/1": "robots", "/a.secret": "robots"})

    # The truth.

    def truth(self):
        """In the form of ``truth.find``."""
        queue, seen, failed = deque(["/"]), {"/"}, {}
        while queue:
            path = queue.popleft()
            page = self.pages.get(path) or Page(status=404)
            status = 0 if page.mode == "reset" else page.status
            if status == 0 or status >= 400 or path in ("/nowhere", "/loop/self"):
                failed[path] = status
                continue
            for target in page.targets:
                if target not in seen and target not in self.excluded:
                    seen.add(target)
                    queue.append(target)
        url = self.url
        return {
            "reachable": sorted(map(url, seen)),
            "ok": sorted(url(path) for path in seen if path not in failed),
            "failed": {url(path): status for path, status in sorted(failed.items())},
            "endless": [url(path) for path in failed if path == "/loop/self"],
            "excluded": {url(path): why for path, why in sorted(self.excluded.items())},
        }

    def url(self, path):
        return "http://%s%s" % (self.authority, path)

    def requests(self, path, retries=3):
        """How often an undisturbed crawl asks for a path."""
        page = self.pages.get(path) or Page(status=404)
        if page.mode == "reset" or page.status >= 500:
            return retries + 1
        if path == "/loop/self":
            return 2
        return page.fails_first + 1

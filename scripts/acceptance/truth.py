#!/usr/bin/env python3
"""An independent link checker: what there is to crawl at a site, by a strict breadth-first search.

It shares nothing with fcrawler but the rules: links from a, area, frame, iframe, link of a
relation to a document, embedded documents, citations, descriptions, meta refresh, base, and the
headers Location, Content-Location, Link and Refresh (docs/urls.md);
a redirect is an answer, and its target a URL of its own; 4xx and 5xx have failed.

Prints JSON: {"reachable": [...], "ok": [...], "failed": {url: status}, "endless": [...], "excluded": {url: reason}}.
A status of 0 means that there was no answer.
"""

import argparse
import http.client
import json
import re
import sys
import urllib.parse
from collections import deque
from html.parser import HTMLParser

MAX_BODY = 10 << 20
MAX_URL = 2048
MAX_REDIRECTS = 20
REDIRECTS = (301, 302, 303, 307, 308)
TRANSIENT = (408, 425, 429)
HTML_TYPES = ("text/html", "application/xhtml+xml")
RELATIONS = set(
    "alternate author canonical help license me next prev privacy-policy search terms-of-service "
    "appendix bookmark chapter contents copyright glossary home index previous section start "
    "subsection toc top about archives cite-as collection current describedby disclosure duplicate "
    "first item last latest-version memento next-archive original predecessor-version prev-archive "
    "related replies service-doc status successor-version tag up version-history via working-copy "
    "amphtml shortlink".split())
RESOURCES = set(
    "apple-touch-icon apple-touch-icon-precomposed apple-touch-startup-image icon fluid-icon "
    "mask-icon manifest modulepreload stylesheet".split())
OTHER_TYPES = re.compile(
    r"(image|audio|video|font)/|text/css|.*(java|ecma)script|.*x-(java|shock)"
    r"|application/(opensearchdescription\+xml|manifest\+json|wasm)", re.IGNORECASE)
OTHER_NAMES = re.compile(
    r"[^?#]*\.(avif|bmp|gif|ico|jpe?g|png|svgz?|tiff?|webp|aac|avi|flac|m4[av]|midi?|mov|mp[34]"
    r"|mpe?g|og[agv]|opus|wav|web[am]|wm[av]|class|dcr|jar|swf|wasm|css|m?js|woff2?)\s*([?#]|$)",
    re.IGNORECASE)
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PLAIN = UNRESERVED | frozenset(b"!$&'()*+,;=:@/%")
DEFAULT_PORTS = {"http": 80, "https": 443}
REFRESH = re.compile(r"^\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?(.+)$", re.IGNORECASE | re.DOTALL)
LINK_VALUE = re.compile(r'<([^>]*)>((?:\s*;\s*[^\s;,=]+(?:\s*=\s*(?:"[^"]*"|[^\s;,]*))?)*)')
TYPE_PARAMETER = re.compile(r';\s*type\s*=\s*"?([^\s";,]*)', re.IGNORECASE)
REL_PARAMETER = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]*))', re.IGNORECASE)


# URLs.

def percent(text, charset="utf-8", also_plain=b""):
    """One spelling of percent-encodings: none where none is needed, upper case where one is."""
    plain = PLAIN | frozenset(also_plain)
    out = []
    raw = text.encode(charset, "xmlcharrefreplace" if charset != "utf-8" else "replace")
    i = 0
    while i < len(raw):
        byte = raw[i]
        if byte == 0x25 and re.fullmatch(rb"[0-9A-Fa-f]{2}", raw[i + 1:i + 3]):
            value = int(raw[i + 1:i + 3], 16)
            out.append(chr(value) if value in UNRESERVED else "%%%02X" % value)
            i += 3
            continue
        out.append(chr(byte) if byte in plain else "%%%02X" % byte)
        i += 1
    return "".join(out)


def without_dots(path):
    """RFC 3986, section 5.2.4."""
    kept = []
    segments = path.split("/")[1:]
    for place, segment in enumerate(segments):
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
            continue
        if place == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def normal(url, charset="utf-8"):
    """The normal form of an absolute http(s) URL, or None where it is no such URL."""
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    host = parts.hostname.lower().rstrip(".")
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    if ":" in host:
        host = "[" + host + "]"
    authority = host if port in (None, DEFAULT_PORTS[scheme]) else "%s:%d" % (host, port)
    path = without_dots(percent(parts.path or "/"))
    query = "?" + percent(parts.query, charset, b"?").replace("'", "%27") if parts.query else ""
    return "%s://%s%s%s" % (scheme, authority, path, query)


def authority(url):
    return urllib.parse.urlsplit(url).netloc


def resolve(base, reference, charset="utf-8"):
    """What a reference means on a page, spelled as browsers read it; None for no http(s) URL."""
    text = re.sub(r"[\t\n\r]", "", reference.strip("".join(map(chr, range(33)))))
    text = text.partition("#")[0]
    path, question, query = text.partition("?")
    if not re.match(r"(?i)(?!https?:)[a-z][a-z0-9+.-]*:", path):
        path = path.replace("\\", "/")
    try:
        return normal(joined(base, path, question + query), charset)
    except ValueError:
        return None


def joined(base, path, query):
    """RFC 3986, section 5.2.2. urllib's urljoin is not used: it drops empty segments."""
    own = re.match(r"(?i)([a-z][a-z0-9+.-]*):(.*)", path)
    parts = urllib.parse.urlsplit(base)
    if own and own[1].lower() != parts.scheme or path[:2] == "//" or own and own[2][:1] == "/":
        return urllib.parse.urljoin(base, path + query)
    if own:  # http:path, which browsers take for a relative one
        path = own[2]
    site = parts.scheme + "://" + parts.netloc
    if path[:1] == "/":
        return site + path + query
    if not path:
        return site + parts.path + (query or ("?" + parts.query if parts.query else ""))
    return site + (parts.path.rpartition("/")[0] or "") + "/" + path + query


# Pages.

def names_document(relation, media_type):
    words = set(relation.lower().split())
    return bool(RELATIONS & words and not RESOURCES & words and not OTHER_TYPES.match(media_type))


class Links(HTMLParser):
    """Collects the references of one page."""

    HOLDERS = {"a": "href", "area": "href", "frame": "src", "iframe": "src"}
    MENTIONS = {"blockquote": "cite", "q": "cite", "ins": "cite", "del": "cite",
                "img": "longdesc", "frame": "longdesc", "iframe": "longdesc"}
    EMBEDDED = {"object": "data", "embed": "src"}
    RAW_TEXT = ("textarea", "title", "xmp", "noembed")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.base = None
        self.references = []
        self.inside = None

    def handle_starttag(self, tag, attributes):
        if self.inside:
            return
        if tag in self.RAW_TEXT:
            self.inside = tag
        values = dict(reversed(attributes))  # the first of two attributes of one name counts
        if tag == "base" and self.base is None and values.get("href") is not None:
            self.base = values["href"]
        elif tag in self.HOLDERS:
            self.add(values.get(self.HOLDERS[tag]))
        elif tag in self.EMBEDDED and "classid" not in values:
            self.add_embedded(values.get(self.EMBEDDED[tag]), (values.get("type") or "").strip())
        elif tag == "link" and names_document(values.get("rel") or "", values.get("type") or ""):
            self.add(values.get("href"))
        elif tag == "meta" and (values.get("http-equiv") or "").strip().lower() == "refresh":
            self.add(refresh_target(values.get("content") or ""))

        self.add(values.get(self.MENTIONS.get(tag)))

    def add_embedded(self, reference, media_type):
        other = OTHER_TYPES.match(media_type) if media_type else OTHER_NAMES.match(reference or "")
        if not other:
            self.add(reference)

    def handle_endtag(self, tag):
        if tag == self.inside:
            self.inside = None

    def add(self, reference):
        if reference is not None:
            self.references.append(reference)


def refresh_target(content):
    match = REFRESH.match(content)
    if not match:
        return None
    target = match.group(1).strip()
    if target[:1] in "'\"" and target:
        target = target[1:].partition(target[0])[0]
    return target


def page_charset(content_type, body):
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    if not match:
        head = body[:2048].decode("latin-1")
        match = re.search(r"<meta[^>]+charset\s*=\s*[\"']?([\w.:-]+)", head, re.IGNORECASE)
    name = match.group(1).lower() if match else "utf-8"
    name = "windows-1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name
    try:
        "".encode(name)
        return name
    except LookupError:
        return "utf-8"


def header_links(headers):
    for value in headers.get_all("Link") or []:
        for target, parameters in LINK_VALUE.findall(value):
            relation = REL_PARAMETER.search(parameters)
            words = (relation.group(1) or relation.group(2) or "") if relation else ""
            media_type = TYPE_PARAMETER.search(parameters)
            if names_document(words, media_type.group(1) if media_type else ""):
                yield target
    for value in headers.get_all("Refresh") or []:
        target = refresh_target(value)
        if target is not None:
            yield target
    yield from headers.get_all("Content-Location") or []


def links_of(url, headers, body):
    """The URLs that an answer names."""
    found = [resolve(url, reference) for reference in header_links(headers)]
    content_type = headers.get("Content-Type") or ""
    if content_type.partition(";")[0].strip().lower() in HTML_TYPES:
        charset = page_charset(content_type, body)
        parser = Links()
        parser.feed(body.decode(charset, "replace"))
        parser.close()
        base = (resolve(url, parser.base) if parser.base is not None else None) or url
        found += [resolve(base, reference, charset) for reference in parser.references]
    return [link for link in found if link]


# robots.txt (RFC 9309).

class Robots:
    """The rules of the group that names this crawler, else of that for all; the longest wins."""

    def __init__(self, text="", token="fcrawler"):
        groups, agents, in_rules = {}, [], False
        for line in text.lstrip("\ufeff").splitlines():
            name, colon, value = line.partition("#")[0].partition(":")
            name, value = name.strip().lower(), value.strip()
            if not colon:
                continue
            if name == "user-agent":
                agents = [] if in_rules else agents
                in_rules = False
                agents.append(re.match(r"[a-z_-]*|\*", value.lower()).group() or value)
                groups.setdefault(agents[-1], [])
            elif name in ("allow", "disallow"):
                in_rules = True
                for agent in agents:
                    groups[agent].append((name == "allow", value))
        self.rules = groups.get(token, groups.get("*", []))

    def allows(self, url):
        path = url.split("/", 3)[3] if url.count("/") > 2 else ""
        best = (0, True)
        for allow, pattern in self.rules:
            if pattern and self.matches(percent(pattern, also_plain=b"?"), "/" + path):
                best = max(best, (len(pattern), allow))
        return best[1] or path == "robots.txt"

    @staticmethod
    def matches(pattern, path):
        anchored = pattern.endswith("$")
        text = ".*".join(map(re.escape, pattern.rstrip("$").split("*")))
        return re.match(text + ("$" if anchored else ""), path) is not None


# The search.

class Site:
    """Asks for URLs, over one connection to each authority."""

    def __init__(self, addresses, retries, timeout):
        self.addresses = addresses
        self.retries = retries
        self.timeout = timeout
        self.connections = {}

    def get(self, url):
        """Status, headers, body; transient failures are tried again. Status 0: no answer."""
        answer = (0, http.client.HTTPMessage(), b"")
        for _ in range(self.retries + 1):
            answer = self.once(url)
            if answer[0] and answer[0] < 500 and answer[0] not in TRANSIENT:
                break
        return answer

    def once(self, url):
        parts = urllib.parse.urlsplit(url)
        reused = parts.netloc in self.connections
        try:
            return self.ask(parts)
        except (OSError, http.client.HTTPException):
            self.drop(parts.netloc)
            if not reused:
                return 0, http.client.HTTPMessage(), b""
        return self.once(url)  # the server may have closed an idle connection: on a new one

    def ask(self, parts):
        connection = self.connections.get(parts.netloc)
        if connection is None:
            address = self.addresses.get(parts.hostname, parts.hostname)
            connection = http.client.HTTPConnection(
                address, parts.port or DEFAULT_PORTS[parts.scheme], timeout=self.timeout)
            self.connections[parts.netloc] = connection
        target = parts.path + ("?" + parts.query if parts.query else "")
        connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", parts.netloc)
        connection.putheader("User-Agent", "truth")
        connection.endheaders()
        response = connection.getresponse()
        body = response.read(MAX_BODY)
        if response.read(1):
            self.drop(parts.netloc)
        return response.status, response.headers, body

    def drop(self, netloc):
        connection = self.connections.pop(netloc, None)
        if connection:
            connection.close()


class Search:
    """The breadth-first search from one page."""

    def __init__(self, start, site, robots=True, follow_start=True):
        self.start = normal(start)
        self.site = site
        self.with_robots = robots
        self.follow_start = follow_start
        self.scope = {authority(self.start)}
        self.robots = {}
        self.ok, self.failed, self.excluded, self.redirects = [], {}, {}, 0
        self.endless = []  # those of the failed that redirect to themselves

    def run(self):
        queue = deque([(self.start, 0, True)])
        seen = {self.start}
        while queue:
            url, hops, is_start = queue.popleft()
            if not self.allowed(url):
                self.excluded[url] = "robots"
                continue
            links, redirected = self.visit(url, is_start)
            for link in links:
                if link in seen or authority(link) not in self.scope:
                    continue
                seen.add(link)
                if len(link) > MAX_URL:
                    self.excluded[link] = "url_length"
                elif redirected and hops >= MAX_REDIRECTS:
                    self.excluded[link] = "redirect_limit"
                else:
                    queue.append((link, hops + 1 if redirected else 0, is_start and redirected))
        return self

    def visit(self, url, is_start):
        """The links of one URL, and whether they are a redirect's target."""
        status, headers, body = self.site.get(url)
        if status in REDIRECTS:
            target = resolve(url, headers["Location"]) if headers["Location"] else None
            if target is None or target == url:
                self.failed[url] = status
                if target:
                    self.endless.append(url)
                return [], True
            self.redirects += 1
            self.ok.append(url)
            if is_start and self.follow_start and same_domain(url, target):
                self.scope.add(authority(target))
            return [target], True
        if status == 0 or status >= 400:
            self.failed[url] = status
            return [], False
        self.ok.append(url)
        return links_of(url, headers, body), False

    def allowed(self, url):
        if not self.with_robots:
            return True
        netloc = authority(url)
        if netloc not in self.robots:
            self.robots[netloc] = self.read_robots("http://" + netloc + "/robots.txt")
        return self.robots[netloc].allows(url)

    def read_robots(self, url):
        for _ in range(6):
            status, headers, body = self.site.get(url)
            if status in REDIRECTS and headers["Location"]:
                url = resolve(url, headers["Location"])
            elif status == 200:
                return Robots(body.decode("utf-8", "replace"))
            elif 400 <= status < 500 or status in REDIRECTS:
                return Robots()
            else:
                return Robots("User-agent: *\nDisallow: /")
        return Robots()

    def result(self):
        return {
            "reachable": sorted(self.ok + list(self.failed)),
            "ok": sorted(self.ok),
            "failed": dict(sorted(self.failed.items())),
            "endless": sorted(self.endless),
            "excluded": dict(sorted(self.excluded.items())),
        }


def same_domain(one, other):
    """Whether two hosts are under one registrable domain of two labels, as in tests they are."""
    hosts = [urllib.parse.urlsplit(url).hostname for url in (one, other)]
    if any(re.fullmatch(r"[\d.]+|.*:.*", host) for host in hosts):
        return hosts[0] == hosts[1]
    return hosts[0].split(".")[-2:] == hosts[1].split(".")[-2:]


def find(start, robots=True, addresses=None, retries=3, timeout=60):
    """The truth about the site of ``start``, as it is printed."""
    site = Site(addresses or {}, retries, timeout)
    return Search(start, site, robots).run().result()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("start", help="the URL of the start page")
    parser.add_argument("--robots", choices=("on", "off"), default="on")
    parser.add_argument("--resolve", action="append", default=[], metavar="HOST=ADDRESS")
    parser.add_argument("--retries", type=int, default=3, help="of transient failures")
    options = parser.parse_args()
    addresses = dict(entry.split("=", 1) for entry in options.resolve)
    json.dump(find(options.start, options.robots == "on", addresses, options.retries), sys.stdout)
    print()


if __name__ == "__main__":
    main()

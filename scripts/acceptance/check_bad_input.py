"""bad-input: whatever is sent to the API, it says what was wrong, never fails, and lives on."""

import json
import socket
import time

import harness

JSON = {"Content-Type": "application/json"}
BIG = 1 << 20

# Bodies of submissions, and the field that the problem names.
DOMAINS = (
    "", " ", "\t\n", "http://", "https://", "http:///path", "http:", "https:example.com", "//", "/",
    "user@example.com", "http://user:secret@example.com/", "http://@example.com", "[::1",
    "http://[::1/", "[::g]", "http://[fe80::1%25eth0]/", "[]", "http://[]:80/", "a" * 300,
    "a" * 64 + ".com", ("a" * 60 + ".") * 5 + "com", "example.com:99999", "example.com:0",
    "example.com:-1", "example.com:port", "example.com:80:80", "http://example.com:99999/",
    "ftp://example.com", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@example.com",
    "exa mple.com", "example.com\r\nX: y", "example..com", ".example.com", ".",
    "..", "exam\u0000ple.com", "http://example.com/\u0000", "*.example.com", "exam,ple.com",
    "example.com{x}", "{example.com}", "256.256.256.256", "127.0.0.257", "4294967296", "0x7g.1",
    "http://0x17f000001/", "http://1.2.3.4.5/", "file:/etc/passwd", "\ud800.com", "xn--\u00e9.com", "%00.com",
    "http://exa%2Fmple.com/", "http://example.com:443/", "https://example.com:80/",
    "http://example.com/" + "a" * 3000, "http://?query", "http://#fragment", "http:\\\\",
    "<script>alert(1)</script>", "'; DROP TABLE seeds;--", "\U0001F600 .com", "a b",
)
WRONG_TYPES = (None, 1, 1.5, True, [], ["example.com"], {}, {"domain": "example.com"})

# Options beside a good domain.
OPTIONS = (
    ("maxPages", (-1, 0, 1.5, "10", "", None, True, [], {}, 1e300, 10**30, -10**30)),
    ("maxDepth", (-1, -2, 0.5, "1", None, False, [], 10**12, 2**31)),
    ("delayMs", (-1, 3_600_001, 10**18, 10**30, 0.1, "0", None, [], True)),
    ("connectionsPerHost", (0, -1, 65, 10**9, 2**32 + 1, 2**64, 1.1, "1", None, {}, True)),
    ("includeSubdomains", (0, 1, "true", None, [], {})),
    ("ignoreRobots", (True, 1, "true", None)),
    ("respectNofollow", (1, "true", None, [])),
    ("include", ("a", 1, None, {}, [1], [None], [["a"]], ["("], ["[a"], ["a", "*"], ["(?<n>a)(?="],
                 ["\\1"], ["a{1001}"], [True], ["(?!x)"])),
    ("exclude", (".*", 0, None, ["(a"], ["+"], [{}], ["\\"])),
)
UNKNOWN = ("maxpages", "MaxPages", "max_pages", "delay", "depth", "connectionsPerHosts", "url",
           "seed", "Domain", "domain ", "", "crawlId", "x" * 5000, "\u0000", "__proto__",
           "constructor", "\ud800", "a.b", "include[]")

# Bodies that are no JSON object.
BODIES = (
    b"", b" ", b"{", b"}", b"[]", b'["example.com"]', b'"example.com"', b"null", b"true", b"1",
    b"example.com", b"domain=example.com", b"{'domain':'example.com'}", b'{"domain":"a.com",}',
    b'{"domain":"a.com"} x', b'{"domain":"a.com"}{"domain":"a.com"}', b'{"domain":"a.com"}]',
    b'{"domain":"a.com","domain":"b.com"}', b'\xff\xfe{"domain":"a.com"}', b'{"domain":"\xff"}',
    b'{"domain":"a.com","maxPages":1,"maxPages":2}', b'{"domain":"a.com","maxPages":NaN}',
    b'{"domain":"a.com","maxPages":1e999999999}', b'{"domain":"a.com","maxPages":0x10}',
    b'{"domain":"a.com","maxPages":' + b"9" * 100_000 + b"}", b"[" * 100_000,
    b'{"domain":' * 50_000, b'{"a":' * 2000 + b"1" + b"}" * 2000, b"\0" * 1000,
    b'{"domain":"a.com"', b'{"domain":"a.com\n"}', b'{"domain":"\\ud800"}', b'// c\n{"domain":"a"}',
)

# Requests by hand, each with the statuses that answer it; nothing means that closing is right too.
RAW = (
    (b"GET / HTTP/1.1\r\n\r\n", (400,)),
    (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", (400, 505)),
    (b"HELLO\r\n\r\n", (400, None)),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100, (400, None)),
    (b"GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 404)),
    (b"GET /api/fcrawler/seed/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 404)),
    (b"GET /api/fcrawler/seed/%2e%2e%2fx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
     (400, 404)),
    (b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 404)),
    (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (400, 404, 414, 431)),
    (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", (400, 431)),
    (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 5000 + b"\r\n", (400, 431)),
    (b"POST /api/submit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
     b"Content-Length: -1\r\n\r\n", (400,)),
    (b"POST /api/submit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
     b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", (400,)),
    (b"POST /api/submit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
     b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", (400,)),
    (b"POST /api/submit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
     b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
     b"2\r\n{}\r\n0\r\n\r\n", (400,)),
    (b"POST /api/submit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
     b"Content-Length: 2000000000\r\nConnection: close\r\n\r\n{", (413,)),
    (b"POST /api/submit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
     b"Content-Encoding: gzip\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", (415,)),
)
METHODS = ("PUT", "DELETE", "PATCH", "GET", "HEAD", "TRACE", "OPTIONS", "PROPFIND", "FOO")
SEEDS = ("", "http:", "%20", "a b", "[::1", "example.com:99999", "a" * 300, "user@example.com",
         "%ff", "%F0%9F%98%80%20", "{x}", "example..com", "%2F", "..%2f..%2fetc")
QUERIES = ("limit=0", "limit=-1", "limit=1001", "limit=x", "limit=", "limit=1.5",
           "limit=99999999999999999999", "cursor=%00", "cursor=%ff", "cursor=!!!", "cursor=x")


def run(report, workspace, options):
    fcrawler = harness.Standalone(workspace.path)
    try:
        fcrawler.start()
        check = Check(report, fcrawler)
        check.all()
        report.equal("exit code of the orderly stop", fcrawler.stop(), 0)
        report.equal("processes left over", fcrawler.leftovers(), [])
        report.equal("parts that had to be started again", fcrawler.restarts(), 0)
    finally:
        fcrawler.destroy()


class Check:
    def __init__(self, report, fcrawler):
        self.report, self.fcrawler, self.api = report, fcrawler, fcrawler.api
        self.tried = 0
        self.wrong = []

    def all(self):
        self.group("domains", lambda: [self.submit({"domain": value}, "domain")
                                       for value in DOMAINS + WRONG_TYPES] + [
                                           self.submit({}, "domain"),
                                           self.submit({"maxPages": 5}, "domain")])
        self.group("options", lambda: [
            self.submit({"domain": "127.0.0.1:1", name: value}, name)
            for name, values in OPTIONS for value in values])
        self.group("unknown fields", lambda: [
            self.submit({"domain": "127.0.0.1:1", name: 1}, None) for name in UNKNOWN])
        self.group("bodies", lambda: [self.body(body) for body in BODIES])
        self.group("media types", self.media_types)
        self.group("sizes", self.sizes)
        self.group("requests by hand", lambda: [self.raw(*one) for one in RAW])
        self.group("methods and paths", self.methods)
        self.group("seeds and queries", self.seeds)
        self.group("connections that hang", self.hanging)
        self.afterwards()

    def group(self, name, action):
        self.tried, self.wrong = 0, []
        action()
        self.report.true("%s: each answered rightly" % name, not self.wrong, self.tried)
        for wrong in self.wrong[:20]:
            print("       " + wrong)

    def judge(self, what, answer, statuses, field=None, problem=True):
        """field: the one that the problem names; None for any."""
        self.tried += 1
        status, headers, body = answer
        right = status in statuses
        if right and problem and status >= 400:
            right = (headers.get("Content-Type", "").startswith("application/problem+json")
                     and isinstance(body, dict) and body.get("status") == status
                     and len(body.get("detail", "")) > 5 and body.get("title")
                     and (field is None or body.get("field") == field))
        if not right:
            self.wrong.append("%s: %s %s, expected %s%s" % (
                repr(what)[:100], status, repr(body)[:200], statuses,
                " naming " + field if field else ""))

    def call(self, method, path, body=None, headers=None):
        try:
            return self.api.call(method, path, body, headers)
        except (OSError, ValueError) as error:
            return 0, {}, repr(error)

    def submit(self, body, field):
        text = json.dumps(body).encode()
        answer = self.call("POST", "/api/submit", text, JSON)
        self.judge(body, answer, (400,), field)

    def body(self, body):
        self.judge(body[:60], self.call("POST", "/api/submit", body, JSON), (400,))

    def media_types(self):
        body = b'{"domain":"127.0.0.1:1"}'
        for media_type in ("text/plain", "", "json", "*/*",
                           "multipart/form-data; boundary=x", "application/xml", "text/json",
                           "application/jsonx", "application/json-patch+json"):
            answer = self.call("POST", "/api/submit", body, {"Content-Type": media_type})
            self.judge(media_type, answer, (415,))
        self.judge("no type", self.call("POST", "/api/submit", body), (415,))
        # What curl -d says of its own accord, so it may be read as JSON, and is no JSON here.
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.judge("form", self.call("POST", "/api/submit", b"domain=a.com", form), (400, 415))

    def sizes(self):
        for size, statuses in ((BIG - 100, (400,)), (BIG + 1, (413,)), (5 * BIG, (413,))):
            body = b'{"domain":"' + b"a" * (size - 13) + b'"}'
            self.judge("%d bytes" % size, self.call("POST", "/api/submit", body, JSON), statuses)
        chunks = iter([b" " * 65536] * 40)
        answer = self.call("POST", "/api/submit", chunks, JSON)
        self.judge("chunks of 2.5 MiB", answer, (413,))
        self.submit({"domain": "127.0.0.1:1", "include": ["a?" * 20_000 + "a" * 20_000]}, "include")
        self.submit({"domain": "127.0.0.1:1", "include": ["x"] * 50_000}, "include")

    def raw(self, request, statuses):
        status, headers, body = None, {}, ""
        with socket.create_connection(("127.0.0.1", self.fcrawler.port), 10) as connection:
            connection.settimeout(10)
            text = b""
            try:
                connection.sendall(request)
                while b"\r\n\r\n" not in text:
                    some = connection.recv(65536)
                    if not some:
                        break
                    text += some
            except OSError:
                pass  # it may close before all is sent; what it said is judged
        if text.startswith(b"HTTP/"):
            status = int(text.split(b" ", 2)[1])
        self.judge(request[:60], (status, headers, body), statuses, problem=False)

    def methods(self):
        for path in ("/api/submit", "/api/fcrawler/seed/127.0.0.1:1", "/", "/readyz",
                     "/api/fcrawler/seed/127.0.0.1:1/receipt",
                     "/api/fcrawler/seed/127.0.0.1:1/pause"):
            for method in METHODS:
                answer = self.call(method, path)
                self.judge(method + " " + path, answer, (200, 204, 400, 404, 405, 409, 501),
                           problem=method != "HEAD")
        for path in ("/nothing", "/api", "/api/", "/api/submit/x", "/api/fcrawler", "//",
                     "/api/fcrawler/seed/a/b/c", "/api/fcrawler/seed/", "/favicon.ico"):
            self.judge(path, self.call("GET", path), (404,))

    def seeds(self):
        for seed in SEEDS:
            path = "/api/fcrawler/seed/" + seed.replace(" ", "%20")
            self.judge(path, self.call("GET", path), (400, 404))
        for rest in ("", "/failures", "/receipt", "/crawls"):
            path = "/api/fcrawler/seed/unknown.example" + rest
            self.judge(path, self.call("GET", path), (404,))
        for verb in ("pause", "resume", "cancel"):
            path = "/api/fcrawler/seed/unknown.example/" + verb
            self.judge(path, self.call("POST", path), (404,))
        for query in QUERIES:
            path = "/api/fcrawler/seed/unknown.example/failures?" + query
            self.judge(path, self.call("GET", path), (400, 404))

    def hanging(self):
        """Clients that send half a request and wait don't keep others from being answered."""
        half = b"POST /api/submit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        rest = (b"", b"Content-Length: 100\r\n\r\n{", b"Content-Length: 10")
        clients = []
        try:
            for i in range(300):
                client = socket.create_connection(("127.0.0.1", self.fcrawler.port), 10)
                client.sendall(half + rest[i % 3])
                clients.append(client)
            began = time.time()
            answer = self.call("GET", "/livez")
            self.judge("GET /livez beside 300 hanging clients", answer, (200,))
            if time.time() - began > 5:
                self.wrong.append("GET /livez took %.1f s" % (time.time() - began))
        finally:
            for client in clients:
                client.close()

    def afterwards(self):
        report = self.report
        report.true("it is ready afterwards", self.api.ready())
        redis = self.fcrawler.redis
        report.equal("keys of seeds that bad input left", redis.keys("fcrawler:seed:*"), [])
        log = (self.fcrawler.data / "logs" / "submit-api.log").read_text(errors="replace")
        report.equal("errors in the API's log",
                     [line[:150] for line in log.splitlines() if " ERROR " in line][:3], [])
        report.true("no secret in the API's log", "secret" not in log)
        good = self.api.submit("127.0.0.1:1")
        report.equal("a good submission afterwards", good[0], 202)
        self.api.wait("127.0.0.1:1", 60)
        failures = self.api.failures("127.0.0.1:1")
        report.equal("and its page fails, as nothing listens there",
                     [one["reason"] for one in failures], ["connection_refused"])

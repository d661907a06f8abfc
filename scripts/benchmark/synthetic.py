"""A synthetic site: pages of about 12 KiB with 40 links each, of which a few pages get most, as on
real sites. The same number of pages makes the same site, byte for byte."""

import itertools
import random

LINKS = 40
CHILDREN = 4  # links of each page that together reach all pages
PAGE_BYTES = 12 << 10
PARAGRAPH_WORDS = 100
PARAGRAPHS = 400
SEED = 20261120


def make(folder, pages):
    """Writes the site below a folder; gives the paths of all pages, as they are linked."""
    rng = random.Random(SEED)
    texts = paragraphs(rng)
    paths = [path(number) for number in range(pages)]
    popular = rng.sample(range(pages), pages)
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(pages)))
    for number in range(pages):
        children = range(number * CHILDREN + 1, min(pages, (number + 1) * CHILDREN + 1))
        others = rng.choices(popular, cum_weights=weights, k=LINKS - len(children))
        links = [paths[one] for one in itertools.chain(children, others)]
        file = folder / (paths[number][1:] or "index.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(number, links, texts, rng), encoding="utf-8")
    return paths


def path(number):
    return "/" if number == 0 else "/%02x/%03x/page-%d.html" % (number % 31, number % 499, number)


def paragraphs(rng):
    """Texts of words whose frequencies follow Zipf's law."""
    letters = "aeioubcdfghklmnprstvw"
    words = ["".join(rng.choices(letters, k=rng.randint(2, 10))) for _ in range(5000)]
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(words))))
    return [" ".join(rng.choices(words, cum_weights=weights, k=PARAGRAPH_WORDS)) + "."
            for _ in range(PARAGRAPHS)]


def page(number, links, texts, rng):
    """Links are spread among the paragraphs, as on real pages."""
    title = "Page %d" % number
    parts = ["<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>%s</title>"
             "<meta name=\"description\" content=\"About %s\"></head>\n<body>\n<h1>%s</h1>\n" % (
                 title, title, title)]
    size = len(parts[0]) + sum(len(link) * 2 + 20 for link in links)
    left = iter(links)
    while size < PAGE_BYTES:
        text = rng.choice(texts)
        parts += ["<p>", text] + [anchor(link) for link in itertools.islice(left, 3)] + ["</p>\n"]
        size += len(text) + 8
    parts += [anchor(link) for link in left] + ["</body>\n</html>\n"]
    return "".join(parts)


def anchor(link):
    return " <a href=\"%s\">%s</a>" % (link, link)

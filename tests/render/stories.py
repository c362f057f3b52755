"""A small invented story, what makes others, and a reader of pages."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from onrecord.records import (
    SCHEMA,
    ArticleSpan,
    Conflict,
    Coverage,
    Difference,
    Dossier,
    Issue,
    MadeBy,
    NamedCondition,
    Position,
    Reason,
    SaidOn,
    Span,
    StickingPoint,
    Story,
    StoryActor,
    StoryArticle,
    StoryLink,
    StoryRole,
    StoryStatement,
    TimelineEntry,
    Utterance,
    Variant,
    text_hash,
)

HARBOUR = (
    "The ferry company will cut the night boat, its chair Ada Ström said on Monday. “We lose money on every crossing, "
    "and <b>nobody</b> likes it,” she told reporters.\r\n\r\n"
    "Two people who were in the room said the board was split. 🛳️ Mayor Bo Lind denied that the town had been warned.\n"
    "He appeared to accept the cut & asked for a smaller boat.\n"
)
TIDINGS = (
    "Night boat to go\n"
    "“We lose money on every crossing,” Ada Ström, chair of the ferry company, told reporters. According to the mayor, "
    "the town was never warned; he hopes for a smaller boat.\n"
)


def span(text: str, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def article(id_: str, text: str, **about: Any) -> StoryArticle:
    return StoryArticle(id=id_, sha256=text_hash(text), text=text, **about)


def statement(
    id_: str, where: StoryArticle, source: str | None, cue: str | None, *content: str, **more: Any
) -> StoryStatement:
    """Make a statement; of several places that read as source or cue do, the one nearest to the content."""
    fields: dict[str, Any] = {"act": "speech", "kind": "indirect", "stance": "asserts", "anonymous": False, **more}
    pieces = tuple(span(where.text, c) for c in content)
    middle = (pieces[0].start + pieces[-1].end) / 2 if pieces else 0

    def nearest(words: str | None) -> Span | None:
        if words is None:
            return None
        places = [span(where.text, words, n) for n in range(where.text.count(words))]
        return min(places, key=lambda p: abs((p.start + p.end) / 2 - middle))

    return StoryStatement(id=id_, article=where.id, source=nearest(source), cue=nearest(cue), content=pieces, **fields)


def dossier(*stories: Story) -> Dossier:
    return Dossier(SCHEMA, MadeBy("0.1.0", "ab" * 32), stories)


def story(*articles: StoryArticle, **parts: Any) -> Story:
    empty: dict[str, Any] = {"id": "story-1", "actors": (), "statements": (), "utterances": ()}
    return Story(articles=articles, **{**empty, **parts})


def ferry_story() -> Story:
    """Two reports: shared, single, hedged, anonymous, denying, believed, with a conflict and all that can be shown."""
    a = article(
        "harbour-post",
        HARBOUR,
        outlet="Harbour Post",
        published="2031-05-06",
        title="Ferry company cuts <night> boat",
        byline="Cy Vale",
        url="https://harbour.example/night?a=1&b=2",
        language="en",
        notes=("no byline found in the page",),
    )
    b = article(
        "tidings", TIDINGS, outlet="Tidings", title="Night boat to go", url="javascript:alert(1)", language="sv"
    )
    monday = SaidOn("2031-05-05", by="clause", span=span(HARBOUR, "on Monday"))
    statements = (
        statement(
            "s-1",
            a,
            "its chair Ada Ström",
            "said",
            "The ferry company will cut the night boat",
            speaker="p-ada",
            said_on=monday,
        ),
        statement(
            "s-2",
            a,
            "she",
            "told",
            "“We lose money on every crossing, and <b>nobody</b> likes it,”",
            speaker="p-ada",
            kind="direct",
            addressee=span(HARBOUR, "reporters"),
        ),
        statement(
            "s-3", a, "Two people who were in the room", "said", "the board was split", speaker="p-two", anonymous=True
        ),
        statement(
            "s-4", a, "Mayor Bo Lind", "denied", "that the town had been warned", speaker="p-bo", stance="denies"
        ),
        statement(
            "s-5",
            a,
            "He",
            None,
            "accept the cut & asked for a smaller boat",
            speaker="p-bo",
            hedges=(span(HARBOUR, "appeared to"),),
        ),
        statement("t-1", b, "Ada Ström", "told", "“We lose money on every crossing,”", speaker="p-ada", kind="direct"),
        statement("t-2", b, "the mayor", "According to", "the town was never warned", speaker="p-bo"),
        statement("t-3", b, "he", "hopes", "for a smaller boat", speaker=None, act="attitude"),
    )
    role = span(TIDINGS, "chair of the ferry company")
    rest = span(HARBOUR, "and <b>nobody</b> likes it")
    boat = span(HARBOUR, "night boat")
    denied, smaller = span(HARBOUR, "denied"), span(HARBOUR, "asked for a smaller boat")
    head = span(TIDINGS, "Night boat to go")
    return story(
        a,
        b,
        actors=(
            StoryActor(
                "p-ada",
                "Ada Ström",
                "person",
                roles=(StoryRole("chair of the ferry company", ArticleSpan("tidings", role.start, role.end)),),
                speaks_for=(StoryLink("p-company"),),
            ),
            StoryActor("p-company", "the ferry company", "organisation"),
            StoryActor("p-bo", "Bo Lind", "person"),
            StoryActor("p-two", "two people who were in the room", "unnamed"),
        ),
        statements=statements,
        utterances=(
            Utterance("u-1", "p-ada", ("s-1",), "s-1"),
            Utterance(
                "u-2",
                "p-ada",
                ("s-2", "t-1"),
                "s-2",
                (
                    Variant("t-1"),
                    Variant("s-2", (Difference("added", ArticleSpan("harbour-post", rest.start, rest.end)),)),
                ),
                2,
            ),
            Utterance("u-3", "p-two", ("s-3",), "s-3"),
            Utterance("u-4", "p-bo", ("s-4", "t-2"), "s-4", (Variant("t-2"),), 2),
            Utterance("u-5", "p-bo", ("s-5",), "s-5"),
            Utterance("u-6", None, ("t-3",), "t-3"),
        ),
        conflicts=(
            Conflict(
                "c-1",
                "contradiction",
                ("s-1",),
                ("s-4",),
                about="the town",
                why=(Reason("denial", None, ArticleSpan("harbour-post", denied.start, denied.end)),),
                b_passages=(ArticleSpan("tidings", head.start, head.end),),
            ),
            Conflict("c-2", "position", ("t-3",), ("s-1",), about="Words that no report has"),
        ),
        issues=(Issue("i-1", "the night boat", (ArticleSpan("harbour-post", boat.start, boat.end),)),),
        positions=(
            Position("p-ada", "i-1", "against", ("s-1", "s-2"), without_naming=True),
            Position(
                "p-bo",
                "i-1",
                "conditional",
                ("s-5",),
                ArticleSpan("harbour-post", boat.start, boat.end),
                second_hand=True,
            ),
        ),
        sticking_points=(StickingPoint("i-1", ("p-bo",), ("p-ada",), conditions=(0,)),),
        conditions=(
            NamedCondition("p-bo", "s-5", ArticleSpan("harbour-post", smaller.start, smaller.end), ("i-1",), True),
        ),
        timeline=(
            TimelineEntry("t-1", "2031-05-05", "2031-05-05", "2031-05-05", statements=("s-1", "s-2")),
            TimelineEntry(
                "t-2",
                "2031-W20",
                "2031-05-12",
                "2031-05-18",
                "event",
                (),
                (ArticleSpan("tidings", head.start, head.end),),
                True,
            ),
        ),
        coverage=(
            Coverage(
                "harbour-post",
                ("u-1", "u-2", "u-3", "u-4", "u-5"),
                ("u-6",),
                "u-1",
                {"p-ada": 19, "p-bo": 14, "p-two": 4},
                {"person": 33, "unnamed": 4},
                30,
            ),
            Coverage(
                "tidings",
                ("u-2", "u-4", "u-6"),
                ("u-1", "u-3", "u-5"),
                "u-2",
                {"p-ada": 6, "p-bo": 5, "": 4},
                {"person": 15},
                18,
            ),
        ),
    )


def many_reports(articles: int, statements: int) -> Story:
    """A story of many reports: half of the statements are told by all, the other half by each alone."""
    sentence = "Speaker number nine said that “the water will rise by a metre” before the summer. "
    texts = [article(f"r{i}", f"Report {i}. " + sentence * statements, outlet=f"Outlet {i}") for i in range(articles)]
    made: list[StoryStatement] = []
    for a in texts:
        start = a.text.index("Speaker")
        for k in range(statements):
            at = start + k * len(sentence)
            made.append(
                StoryStatement(
                    f"{a.id}-{k}",
                    "speech",
                    "mixed",
                    "asserts",
                    False,
                    Span(at, at + 19),
                    Span(at + 20, at + 24),
                    (Span(at + 25, at + 62),),
                    f"p{k}",
                    article=a.id,
                )
            )
    shared = tuple(
        Utterance(
            f"u{k}",
            f"p{k}",
            tuple(f"{a.id}-{k}" for a in texts),
            f"r0-{k}",
            tuple(Variant(f"{a.id}-{k}") for a in texts),
        )
        for k in range(statements // 2)
    )
    single = tuple(
        Utterance(f"u{s.id}", s.speaker, (s.id,), s.id) for s in made if int(s.id.split("-")[1]) >= statements // 2
    )
    every = tuple(u.id for u in (*shared, *single))
    has = {
        a.id: {u.id for u in (*shared, *single) if any(i.startswith(a.id + "-") for i in u.statements)} for a in texts
    }
    rows = tuple(
        Coverage(
            a.id,
            tuple(u for u in every if u in has[a.id]),
            tuple(u for u in every if u not in has[a.id]),
            "u0",
            {"p1": 3},
            {},
            9,
        )
        for a in texts
    )
    actors = tuple(StoryActor(f"p{k}", f"Speaker {k}", "person") for k in range(statements))
    return story(*texts, actors=actors, statements=tuple(made), utterances=shared + single, coverage=rows)


class Page(HTMLParser):
    """What tests need of a page: ids, links, the text of each article's body, and that tags close in order.

    ``quotes`` are the words that the page shows as a report's, each cut where the page says that text is left out;
    ``marked`` has the quotes of each class that an element around them has.
    """

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})
    DRAWN = frozenset({"rect", "path", "circle", "line"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.sources: list[str] = []
        self.bodies: dict[str, str] = {}
        self.quotes: list[str] = []
        self.marked: dict[str, list[str]] = {}
        self.headings: list[int] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if about.get("id"):
            self.ids.append(str(about["id"]))
        if "href" in about:
            self.hrefs.append(str(about["href"]))
        if "src" in about or "srcset" in about or "style" in about:
            self.sources.append(f"{tag} {about}")
        assert not [name for name in about if name.startswith("on")], "an event handler in the page"
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if self._quoted() and "elided" in _classes(about):
            self.quotes.append("")
        if tag not in self.VOID:
            self.open.append((tag, about))
        if _is_quote(tag, about):
            self.quotes.append("")
        if "prose" in _classes(about):
            self.bodies[str(about["data-article"])] = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.DRAWN, f"a closed tag that a page's parser leaves open: {tag}"

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
        closed = self.open.pop()
        if _is_quote(*closed):
            if not self.quotes[-1]:
                self.quotes.pop()
                return
            for name in {name for _, about in self.open for name in _classes(about)}:
                self.marked.setdefault(name, []).append(self.quotes[-1])

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in {"style", "script"}:
            return
        self.text.append(data)
        for tag, about in self.open:
            # Line ends between the paragraphs' tags are the page's own, not in any paragraph.
            if "prose" in _classes(about) and any(t == "p" for t, _ in self.open[self.open.index((tag, about)) :]):
                self.bodies[str(about["data-article"])] += data
        if self._quoted():
            self.quotes[-1] += data

    def _quoted(self) -> bool:
        return any(_is_quote(tag, about) for tag, about in self.open)


def _classes(about: dict[str, str | None]) -> list[str]:
    return (about.get("class") or "").split()


def _is_quote(tag: str, about: dict[str, str | None]) -> bool:
    return tag in {"blockquote", "q"} or "brief" in _classes(about)

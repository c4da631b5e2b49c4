"""The server of the page: for one person on this machine, and nobody else.

It listens on 127.0.0.1 only. The address that is printed holds a token; who brings it gets a cookie that no script
reads and no other site sends. Every request must name this very host (a name that resolves to 127.0.0.1 is a way in
otherwise), every change must come from the page itself and be JSON. Needs the extra `review`.
"""

import json
import secrets
import socket
from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType

import jinja2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from cleanse.errors import OutputError, UsageError
from cleanse.io.catalogue import QUEUES
from cleanse.report.html import asset, hash_source
from cleanse.review.keys import KEYS
from cleanse.review.rule_card import rule_card
from cleanse.review.session import Session
from cleanse.review.showing import card, members, whole
from cleanse.rules import RuleBook, load_rules
from cleanse.visible import visible, visible_lines

HOST = "127.0.0.1"
_AHEAD = 5
"""Edits the page holds beforehand, so that a key shows the next one at once."""
_LONGEST_BODY = 65_536
_HEADERS: Mapping[str, str] = MappingProxyType({
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
})  # fmt: skip


class Fence:
    """Stands before every route, also before those that do not exist."""

    def __init__(self, app: ASGIApp, host: str, token: str) -> None:
        self.app = app
        self.host = host
        self.token = token
        self.session = secrets.token_urlsafe(32)
        # Cookies know no ports: each server has its own name.
        self.cookie = f"cleanse-{host.rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await (self._answer(Request(scope)) or self.app)(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        if request.headers.getlist("host") != [self.host]:
            return PlainTextResponse("wrong host", 400, _HEADERS)
        if request.method == "GET" and request.url.path == "/" and "token" in request.query_params:
            return self._enter(request.query_params["token"])
        if not _same(request.cookies.get(self.cookie, ""), self.session):
            return PlainTextResponse("open the address that cleanse review printed", 403, _HEADERS)
        return None if request.method in {"GET", "HEAD"} else self._changing(request)

    def _enter(self, token: str) -> Response:
        if not _same(token, self.token):
            return PlainTextResponse("wrong token: open the address that cleanse review printed", 403, _HEADERS)
        response = RedirectResponse("/", 303, _HEADERS)
        response.set_cookie(self.cookie, self.session, httponly=True, samesite="strict")
        return response

    def _changing(self, request: Request) -> Response | None:
        if request.headers.get("origin") != f"http://{self.host}":
            return PlainTextResponse("foreign origin", 403, _HEADERS)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return PlainTextResponse("JSON is expected", 415, _HEADERS)
        return None


class Page:
    """The routes."""

    def __init__(self, session: Session, load_rules: Callable[[], RuleBook]) -> None:
        self.session = session
        self.load_rules = load_rules
        style, script = asset("page.css", "cleanse.review"), asset("page.js", "cleanse.review")
        template = jinja2.Environment(autoescape=True).from_string(asset("page.html", "cleanse.review"))
        self.html = template.render(
            style=style,
            script=script,
            by=visible(session.by),
            file=visible(str(session.file)),
            keys=KEYS,
        )
        self.policy = (
            f"default-src 'none'; style-src {hash_source(style)}; script-src {hash_source(script)}; "
            "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    async def show(self, request: Request) -> Response:  # noqa: ARG002 - what a route is called with
        """The page itself."""
        return HTMLResponse(self.html, headers={**_HEADERS, "Content-Security-Policy": self.policy})

    async def next(self, request: Request) -> Response:
        """The next undecided ones of a queue, behind `after`.

        With `back` the one before, with `decided` the next of all; `rules` keeps only edits of rules like that.
        """
        asked = request.query_params
        queue, back, decided = asked.get("queue", "sample"), "back" in asked, "decided" in asked
        if queue not in QUEUES:
            return _refused(f"a queue is one of {', '.join(QUEUES)}", 400)
        catalogue = self.session.catalogue
        size = 1 if back or decided else _AHEAD
        after, rules = asked.get("after", ""), asked.get("rules", "")
        if rules:
            names = catalogue.ids_of_rules(rules, size, after, back=back, decided=decided)
            left = catalogue.left_of_rules(rules)
        else:
            names = catalogue.ids(queue, size, after, back=back, decided=decided)
            left = catalogue.left(queue)
        return _told({
            "edits": [card(catalogue, name) for name in names],
            "left": left,
            "progress": self.session.progress(),
        })  # fmt: skip

    async def kind(self, request: Request) -> Response:
        """A few others of the same kind, to look at before all are decided at once."""
        return _found(lambda name: members(self.session.catalogue, name), request)

    async def whole(self, request: Request) -> Response:
        """The document around it."""
        return _found(lambda name: whole(self.session.catalogue, name), request)

    async def rule(self, request: Request) -> Response:
        """What its rule says, what was said of the rule, and guards to consider."""
        return _found(lambda name: rule_card(self.session, self.rules, name), request)

    @cached_property
    def rules(self) -> RuleBook:
        """The tables, read when somebody asks about a rule."""
        return self.load_rules()

    async def decide(self, request: Request) -> Response:
        """Keep a word, or take the last one back; the answer comes when it is on the disk."""
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > _LONGEST_BODY:
                return _refused("too long", 413)
        try:
            said = _said(bytes(body))
            taken = said["word"] == "withdraw"
            names = self.session.undo() if taken else self.session.say(**said)
        except UsageError as error:
            return _refused(str(error), 400)
        except OutputError as error:
            return _refused(str(error), 507)
        back = [card(self.session.catalogue, names[0])] if taken and names else []
        return _told({"ids": names, "edits": back, "progress": self.session.progress()})


def application(session: Session, host: str, token: str, load_rules: Callable[[], RuleBook] = load_rules) -> Fence:
    """The page of a session for exactly this `host` (name and port) and token; the rules are loaded when asked for."""
    page = Page(session, load_rules)
    routes = [
        Route("/", page.show),
        Route("/next", page.next),
        Route("/kind", page.kind),
        Route("/whole", page.whole),
        Route("/rule", page.rule),
        Route("/decide", page.decide, methods=["POST"]),
    ]
    return Fence(Starlette(routes=routes), host, token)


def listen(port: int) -> socket.socket:
    """A socket on this machine alone; port 0 takes a free one. Raises UsageError when the port is taken."""
    # The protocol is named, as asyncio sends at once only then: every answer came 40 ms late otherwise (measured).
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise UsageError(f"--port {port}: {error.strerror}; leave it out and a free one is taken") from error
    return listening


def server(app: Fence) -> uvicorn.Server:
    """What serves the page until it is told to stop."""
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=1
    )
    return uvicorn.Server(config)


def _same(one: str, two: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "surrogatepass"), two.encode("ascii"))


def _said(body: bytes) -> dict[str, str]:
    """The fields of a decision. Raises UsageError when they are not as the page sends them."""
    try:
        data = json.loads(body)
    except ValueError as error:
        raise UsageError("not JSON") from error
    fields = {"id": "name", "word": "word", "note": "note", "should_be": "should_be", "scope": "scope"}
    if not isinstance(data, dict) or not {"id", "word"} <= data.keys() <= fields.keys():
        raise UsageError(f"an object with {', '.join(fields)} is expected; id and word are needed")
    said = {fields[key]: value for key, value in data.items() if value is not None}
    if not all(isinstance(value, str) for value in said.values()):
        raise UsageError("every field is text")
    try:
        json.dumps(said, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError("half of a surrogate pair is no text") from error
    return said


def _found(tell: Callable[[str], Mapping[str, object]], request: Request) -> Response:
    """What is to be told of the edit or kept line that was asked for, if there is one."""
    try:
        return _told(tell(request.query_params.get("id", "")))
    except UsageError as error:
        return _refused(str(error), 404)


def _told(value: Mapping[str, object]) -> Response:
    return JSONResponse(value, headers=_HEADERS)


def _refused(why: str, code: int) -> Response:
    return JSONResponse({"error": visible_lines(why)}, code, _HEADERS)

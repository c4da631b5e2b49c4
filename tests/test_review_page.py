"""The page of `cleanse review`, asked as a browser would, and as a browser must not."""

import html
import json
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.decisions.making import members
from cleanse.errors import OutputError
from cleanse.io.catalogue import Catalogue, located
from cleanse.io.store import Run
from cleanse.ledger import Verdict
from cleanse.report.html import hash_source
from cleanse.review import session as session_module
from cleanse.review.rule_card import rule_card
from cleanse.review.server import application, listen
from cleanse.review.session import Session
from cleanse.rules import load_rules
from cleanse.signoff.kept import passages
from cleanse.signoff.sampling import counts, sample

with warnings.catch_warnings(action="ignore"):  # it would rather have a successor of httpx
    from starlette.testclient import TestClient


PROJECT = Path(__file__).parent.parent
HOST = "127.0.0.1:8765"
HOSTILE = "<script>window.PWN=1</script> \u202e\x1b[31m {{7*7}} </style>"


def run_on(folder: Path, *options: str) -> Path:
    done = CliRunner().invoke(
        main, ["run", str(folder / "in"), str(folder / "out"), "--quiet", *options], catch_exceptions=False
    )
    assert done.exit_code in (0, 1), done.output
    return folder / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(PROJECT / "seeds", folder / "in")
    first = min((folder / "in").glob("*.txt"))
    text = first.read_text(encoding="utf-8")
    (folder / "in" / "hostile.txt").write_text(text.replace(". ", f". {HOSTILE} ", 40), encoding="utf-8")
    return run_on(folder)


@pytest.fixture
def catalogue(out: Path) -> Iterator[Catalogue]:
    run = Run.open(out)
    catalogue = Catalogue.of(run, located(run, run.documents()))
    yield catalogue
    catalogue.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reviews" / "decisions.jsonl"


def begin(catalogue: Catalogue, file: Path) -> Session:
    return Session.begin(catalogue, file, "ann", lambda: "2026-11-22T01:00:00Z")


@pytest.fixture
def browser(catalogue: Catalogue, file: Path) -> Iterator[TestClient]:
    with TestClient(application(begin(catalogue, file), HOST, "secret"), base_url=f"http://{HOST}") as client:
        assert client.get("/?token=secret").status_code == 200
        client.headers["Origin"] = f"http://{HOST}"
        yield client


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_nobody_comes_in_without_the_token(catalogue: Catalogue, file: Path) -> None:
    client = TestClient(application(begin(catalogue, file), HOST, "secret"), base_url=f"http://{HOST}")
    for path in ("/", "/next", "/kind?id=0", "/missing", "/?token=", "/?token=wrong", "/?token=%C3%A9"):
        assert client.get(path).status_code == 403
    assert client.post("/decide", json={}).status_code == 403
    answer = client.get("/?token=secret", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))
    assert "secret" not in answer.headers["set-cookie"]


@pytest.mark.parametrize("host", ["evil.example", "localhost:8765", "127.0.0.1", "127.0.0.1:80", ""])
def test_another_host_is_refused_whatever_it_brings(browser: TestClient, host: str) -> None:
    assert browser.get("/next", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"https://{HOST}"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_only_the_page_itself_may_decide(browser: TestClient, file: Path, headers: dict[str, str], code: int) -> None:
    name = browser.get("/next").json()["edits"][0]["id"]
    body = json.dumps({"id": name, "word": "accept"})
    answer = browser.post("/decide", content=body, headers={"Content-Type": "application/json", **headers})
    assert answer.status_code == code
    del browser.headers["Origin"]
    assert browser.post("/decide", json={"id": name, "word": "accept"}).status_code == 403
    assert not file.exists()


def test_the_policy_allows_this_style_and_this_script_alone(browser: TestClient) -> None:
    answer = browser.get("/")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", answer.text, flags=re.DOTALL)
        assert f"{tag}-src {hash_source(inside)};" in policy
    assert not re.search(r"\son\w+=|(?:src|href)=\"(?!data:,)", answer.text)
    assert answer.headers["cache-control"] == "no-store"


def test_the_help_shows_the_keys_that_are_bound_and_no_others(browser: TestClient) -> None:
    page = browser.get("/").text
    script = (PROJECT / "src/cleanse/review/page.js").read_text(encoding="utf-8")
    actions = script[script.index("const actions = {") : script.index("const also = ")]
    bound = re.findall(r'^    "(.)":|(?<=, )"(.)": (?:\(|undo|context)', actions, flags=re.MULTILINE)
    keys = {one or other for one, other in bound}
    assert {"a", "x", " ", "u", "n", "e", "j", "k", "J", "K", "A", "X", "c", "R", "g", "/", "t", "?", "q"} == keys
    assert {html.unescape(key) for key in re.findall('data-key="([^"]+)"', page)} == keys
    shown = re.findall("<kbd>([^<]+)</kbd>", page[page.index('id="keys"') : page.index('id="end"')])
    assert sorted(shown) == sorted([*(keys - {" "}), "space", *re.findall('"(.)": "[xe]"', script), "Esc"])


def test_the_file_name_is_escaped(catalogue: Catalogue, tmp_path: Path) -> None:
    app = application(begin(catalogue, tmp_path / "<img src=x>.jsonl"), HOST, "secret")
    page = TestClient(app, base_url=f"http://{HOST}").get("/?token=secret").text
    assert "&lt;img" in page
    assert "<img" not in page


def test_the_sample_comes_in_the_order_of_the_draw(browser: TestClient, out: Path) -> None:
    run = Run.open(out)
    ids = {r.id for cleaned in run.documents() for r in cleaned.ledger.records if counts(r)}
    shown: list[str] = []
    while edits := browser.get("/next", params={"after": shown[-1] if shown else ""}).json()["edits"]:
        shown += [edit["id"] for edit in edits]
    assert shown == sample(run.seed, ids, len(ids))


def test_the_hunt_begins_with_what_was_held_back(browser: TestClient, out: Path) -> None:
    told = browser.get("/next?queue=hunt").json()
    withheld = {
        r.id for cleaned in Run.open(out).documents() for r in cleaned.ledger.records if r.verdict is Verdict.WITHHELD
    }
    assert {edit["id"] for edit in told["edits"]} <= withheld
    assert len({edit["rule"]["name"] for edit in told["edits"]}) == 5
    assert browser.get("/next?queue=other").status_code == 400


def test_a_word_is_on_the_disk_and_the_next_run_follows(browser: TestClient, out: Path, file: Path) -> None:
    first, second, *_ = browser.get("/next").json()["edits"]
    told = browser.post("/decide", json={"id": first["id"], "word": "reject", "note": "ä name"}).json()
    (line,) = lines(file)
    assert (line["decision"], line["note"], line["by"], line["scope"]) == ("reject", "ä name", "ann", "edit")
    assert (told["progress"]["edits"]["judged"], told["progress"]["edits"]["wrong"]) == (1, 1)
    assert browser.get("/next").json()["edits"][0]["id"] == second["id"]
    browser.post("/decide", json={"id": second["id"], "word": "reject", "should_be": "other"})
    assert (lines(file)[1]["decision"], lines(file)[1]["edit"]) == ("edit", "other")
    again = file.parent.parent
    (again / "in").symlink_to(out.parent / "in")
    run_on(again, "--decisions", str(file))
    verdicts = {r.id: r.verdict for cleaned in Run.open(again / "out").documents() for r in cleaned.ledger.records}
    assert verdicts[first["id"]] is verdicts[second["id"]] is Verdict.REJECTED


def test_the_bound_is_that_of_the_sign_off(browser: TestClient, out: Path, file: Path) -> None:
    edits = browser.get("/next").json()["edits"]
    for edit, word in zip(edits, ("accept", "accept", "skip", "reject", "accept"), strict=True):
        progress = browser.post("/decide", json={"id": edit["id"], "word": word}).json()["progress"]["edits"]
    done = CliRunner().invoke(main, ["signoff", str(out), "--decisions", str(file), "--json"])
    certificate = json.loads(done.stdout.splitlines()[0])
    assert round(progress["bound"], 9) == certificate["bound"]
    assert progress["population"] == certificate["population"]
    assert (progress["judged"], progress["wrong"], progress["skipped"]) == (5, 1, 1)
    done = CliRunner().invoke(main, ["signoff", str(out), "--decisions", str(file), "--json", "--plan", "anytime"])
    certificate = json.loads(done.stdout.splitlines()[0])
    assert round(progress["anytime"]["bound"], 9) == certificate["bound"]
    assert progress["anytime"]["judged"] == 5


def test_undo_goes_back_as_far_as_the_session(browser: TestClient, catalogue: Catalogue, file: Path) -> None:
    edits = browser.get("/next").json()["edits"][:3]
    for edit in edits:
        browser.post("/decide", json={"id": edit["id"], "word": "accept"})
    for edit in reversed(edits):
        told = browser.post("/decide", json={"id": "", "word": "withdraw"}).json()
        assert told["ids"] == [told["edits"][0]["id"]] == [edit["id"]]
    assert told["progress"]["edits"]["judged"] == told["progress"]["decided"] == 0
    assert browser.post("/decide", json={"id": "", "word": "withdraw"}).json()["ids"] == []
    assert [line["decision"] for line in lines(file)] == ["accept"] * 3 + ["withdraw"] * 3
    assert begin(catalogue, file).progress()["edits"]["judged"] == 0


def test_a_session_goes_on_where_the_last_one_ended(browser: TestClient, out: Path, file: Path) -> None:
    edits = browser.get("/next").json()["edits"]
    browser.post("/decide", json={"id": edits[0]["id"], "word": "accept"})
    run = Run.open(out)
    later = begin(Catalogue.of(run, located(run, run.documents())), file)
    assert later.catalogue.ids("sample", 1) == [edits[1]["id"]]
    assert later.progress()["edits"]["judged"] == 1


def test_a_kind_is_decided_with_the_digest_of_its_members(
    browser: TestClient, catalogue: Catalogue, file: Path
) -> None:
    name = next(n for n in catalogue.ids("sample", 10_000) if len(catalogue.same_kind(n)) > 2)
    ids = catalogue.same_kind(name)
    browser.post("/decide", json={"id": ids[0], "word": "accept"})
    told = browser.get("/kind", params={"id": name}).json()
    assert told["count"] == len(ids) - 1
    assert 0 < len(told["members"]) <= 5
    told = browser.post("/decide", json={"id": name, "word": "reject", "scope": "kind"}).json()
    assert sorted(told["ids"]) == sorted(ids[1:])
    written = lines(file)[1:]
    assert {line["scope"] for line in written} == {"kind"}
    assert [line["members"] for line in written] == [members(ids[1:])] * len(written)
    assert browser.post("/decide", json={"id": name, "word": "accept", "scope": "kind"}).status_code == 400
    assert len(browser.post("/decide", json={"id": "", "word": "withdraw"}).json()["ids"]) == len(ids) - 1
    assert catalogue.word(ids[0]) == "accept"


def test_what_was_kept_has_answers_of_its_own(browser: TestClient, out: Path, file: Path) -> None:
    first, second, third, *_ = kept = browser.get("/next?queue=kept").json()["edits"]
    run = Run.open(out)
    ids = {line.id for cleaned in run.documents() for line in passages(cleaned.ledger, cleaned.text)}
    assert [one["id"] for one in kept] == sample(run.seed, ids, 5)
    assert all(one["kept"] and one["text"] for one in kept)
    browser.post("/decide", json={"id": first["id"], "word": "keep"})
    browser.post("/decide", json={"id": second["id"], "word": "missed", "note": "a menu"})
    told = browser.post("/decide", json={"id": third["id"], "word": "wrong", "should_be": "x"}).json()
    assert [(line["decision"], line["scope"], line["edit"]) for line in lines(file)] == [
        ("keep", "kept", None), ("missed", "kept", None), ("wrong", "kept", "x")
    ]  # fmt: skip
    figures = told["progress"]["kept"]
    assert (figures["judged"], figures["missed"], figures["wrong"]) == (3, 1, 2)
    assert told["progress"]["edits"]["judged"] == 0
    done = CliRunner().invoke(main, ["signoff", str(out), "--of", "kept", "--decisions", str(file), "--json"])
    certificate = json.loads(done.stdout.splitlines()[0])
    assert round(figures["bound"], 9) == certificate["bound"]
    assert round(figures["recall"], 9) == certificate["recall"]
    assert (figures["population"], figures["gone"]) == (certificate["population"], certificate["gone"])
    back = browser.post("/decide", json={"id": "", "word": "withdraw"}).json()
    assert [one["id"] for one in back["edits"]] == [third["id"]]


@pytest.mark.parametrize(
    ("queue", "words"), [("kept", ["accept", "reject", "edit"]), ("sample", ["keep", "missed", "wrong"])]
)
def test_words_for_the_other_kind_are_refused(browser: TestClient, file: Path, queue: str, words: list[str]) -> None:
    name = browser.get("/next", params={"queue": queue}).json()["edits"][0]["id"]
    for word in words:
        assert browser.post("/decide", json={"id": name, "word": word}).status_code == 400
    if queue == "kept":
        assert browser.post("/decide", json={"id": name, "word": "keep", "scope": "kind"}).status_code == 400
    assert not file.exists()


def test_steps_go_among_the_undecided_or_among_all(browser: TestClient) -> None:
    one, two, three, *_ = [edit["id"] for edit in browser.get("/next").json()["edits"]]
    browser.post("/decide", json={"id": two, "word": "accept"})

    def step(after: str, **more: int) -> list[str]:
        params: dict[str, str | int] = {"after": after, **more}
        return [edit["id"] for edit in browser.get("/next", params=params).json()["edits"]]

    assert step(one)[0] == three
    assert step(one, decided=1) == [two]
    assert step(three, back=1) == [one]
    assert step(three, back=1, decided=1) == [two]
    assert step(one, back=1, decided=1) == step("unknown", back=1) == []


def test_a_new_word_on_a_decided_edit_is_undone_to_the_old_one(browser: TestClient, file: Path) -> None:
    name = browser.get("/next").json()["edits"][0]["id"]
    browser.post("/decide", json={"id": name, "word": "accept"})
    told = browser.post("/decide", json={"id": name, "word": "reject"}).json()
    assert (told["progress"]["edits"]["wrong"], told["progress"]["decided"]) == (1, 1)
    told = browser.post("/decide", json={"id": "", "word": "withdraw"}).json()
    assert (told["edits"][0]["word"], told["progress"]["edits"]["wrong"]) == ("accept", 0)
    told = browser.post("/decide", json={"id": "", "word": "withdraw"}).json()
    assert (told["edits"][0]["word"], told["progress"]["decided"]) == ("", 0)
    assert [line["decision"] for line in lines(file)] == ["accept", "reject", "accept", "withdraw"]


def test_a_filter_gives_the_edits_of_some_rules(browser: TestClient, catalogue: Catalogue) -> None:
    told = browser.get("/next", params={"rules": "typography/*"}).json()
    names = [edit["rule"]["name"] for edit in told["edits"]]
    assert names
    assert all(name.startswith("typography/") for name in names)
    browser.post("/decide", json={"id": told["edits"][0]["id"], "word": "accept"})
    after = browser.get("/next", params={"rules": "typography/*"}).json()
    assert after["left"] == told["left"] - 1
    assert [edit["id"] for edit in after["edits"][:4]] == [edit["id"] for edit in told["edits"][1:]]
    assert browser.get("/next", params={"rules": "nothing/*"}).json() | {"progress": 0} == {
        "edits": [], "left": 0, "progress": 0
    }  # fmt: skip
    assert catalogue.left("sample") == catalogue.size("sample") - 1


def test_what_is_kept_counted_is_what_counting_gives(browser: TestClient, catalogue: Catalogue) -> None:
    chance = random.Random(3)  # noqa: S311 - the same each time
    for _ in range(60):
        queue = chance.choice(("sample", "hunt", "kept"))
        shown = browser.get("/next", params={"queue": queue}).json()["edits"][chance.randrange(5)]
        body = {"id": shown["id"], "word": chance.choice(("keep", "missed") if shown["kept"] else ("accept", "reject"))}
        if not shown["kept"] and shown["same"] < 9 and chance.random() < 0.3:
            body["scope"] = "kind"
        browser.post("/decide", json={"id": "", "word": "withdraw"} if chance.random() < 0.3 else body)
    for queue in ("sample", "hunt", "kept"):
        assert catalogue.left(queue) == len(catalogue.ids(queue, 10_000))
        assert catalogue.size(queue) == len(catalogue.ids(queue, 10_000, decided=True))
        for name in catalogue.ids(queue, 40) if queue != "kept" else ():
            assert catalogue.count_kind(name) == len(catalogue.same_kind(name))
            rule = catalogue.edit(name)[1].proposal.rule
            uses, words = catalogue.told_of(rule)
            decided = [catalogue.word(one) for one in catalogue.decided_by(rule, 10_000)]
            assert words == dict(sorted(Counter(decided).items()))
            assert uses - len(decided) == catalogue.left_of_rules(rule)


def test_a_rule_says_what_it_finds_and_how_it_has_done(browser: TestClient) -> None:
    (tabled, *_) = browser.get("/next", params={"rules": "trailers/*"}).json()["edits"]
    told = browser.get("/rule", params={"id": tabled["id"]}).json()
    assert told["rule"] == tabled["rule"]["name"]
    assert told["says"][0]["heading"].startswith(told["rule"])
    assert (told["reviewed"], told["bound"]) == (0, None)
    browser.post("/decide", json={"id": tabled["id"], "word": "reject"})
    told = browser.get("/rule", params={"id": tabled["id"]}).json()
    assert (told["reviewed"], told["rejected"], told["precision"]) == (1, 1, 0.0)
    assert browser.get("/rule?id=0").status_code == browser.get("/whole?id=0").status_code == 404


def test_guards_are_suggested_where_a_word_tells_rejected_from_accepted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(6):
        who = "old" if number % 2 else "new"
        text = f"The {who} &amp; number {number} stood there on that day.\n"
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    run = Run.open(run_on(tmp_path))
    catalogue = Catalogue.of(run, located(run, run.documents()))
    session = begin(catalogue, tmp_path / "decisions.jsonl")
    for name in catalogue.ids("sample", 6):
        text = catalogue.edit(name)[0].text
        session.say(name, "reject" if "old" in text else "accept")
    (guard, *_) = rule_card(session, load_rules(), name)["guards"]
    assert (guard["words"], guard["rejected"], guard["accepted"]) == ("old", [3, 3], [0, 3])


def test_the_whole_document_stands_around_an_edit(browser: TestClient, catalogue: Catalogue) -> None:
    for queue in ("sample", "kept"):
        shown = browser.get("/next", params={"queue": queue}).json()["edits"][0]
        told = browser.get("/whole", params={"id": shown["id"]}).json()
        assert told["left"].endswith(shown["left"].removeprefix("…"))
        assert len(told["left"] + told["right"]) > len(shown["left"] + shown["right"])


def test_hostile_text_arrives_as_labels(browser: TestClient) -> None:
    seen, after = "", ""
    while edits := browser.get("/next", params={"queue": "hunt", "after": after}).json()["edits"]:
        after = edits[-1]["id"]
        seen += json.dumps(edits, ensure_ascii=False)
    assert "<script>window.PWN=1" in seen, "text stays text: the page puts it in with textContent"
    assert "<U+202E>" in seen
    assert not set("\u202e\x1b") & set(seen)
    script = (PROJECT / "src/cleanse/review/page.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|setAttribute", script)


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"[]", b"{}", b'{"id":"0","word":"accept"}', b'{"id":1,"word":"accept"}', b'{"id":"0","word":"bless"}',
        b'{"id":"0","word":"accept","by":"eve"}', b'{"id":"0","word":"accept","note":"\\ud800"}',
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(browser: TestClient, file: Path, body: bytes) -> None:
    answer = browser.post("/decide", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not file.exists()


def test_what_was_not_saved_is_said_and_not_counted(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OutputError("no space")

    name = browser.get("/next").json()["edits"][0]["id"]
    monkeypatch.setattr(session_module, "append_decisions", full)
    assert browser.post("/decide", json={"id": name, "word": "accept"}).status_code == 507
    told = browser.get("/next").json()
    assert told["edits"][0]["id"] == name
    assert told["progress"]["undo"] == told["progress"]["decided"] == 0


def test_edits_of_a_run_in_parquet_are_found(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    shutil.copytree(PROJECT / "seeds", tmp_path / "in")
    run = Run.open(run_on(tmp_path, "--format", "parquet"))
    catalogue = Catalogue.of(run, located(run, run.documents()))
    for name in catalogue.ids("sample", 20):
        assert catalogue.edit(name)[1].id == name


def test_it_listens_on_this_machine_alone() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
        assert listening.proto == socket.IPPROTO_TCP, "without it asyncio lets answers wait for one another"


def test_the_run_stays_as_it_was(browser: TestClient, out: Path) -> None:
    name = browser.get("/next").json()["edits"][0]["id"]
    browser.post("/decide", json={"id": name, "word": "accept"})
    assert Run.open(out).verify() > 0


def test_ctrl_c_ends_it_and_says_how_to_go_on(out: Path, file: Path) -> None:
    command = [str(Path(sys.executable).with_name("cleanse")), "review", str(out), "--decisions", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}\n", address)
        for _ in range(200):
            try:
                assert httpx.get(address.strip(), trust_env=False).status_code == 303
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "0 decided in" in said
    assert "goes on" in said
    assert "Traceback" not in said


def test_without_the_extra_it_is_named(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleanse.review.server", None)
    done = CliRunner().invoke(main, ["review", str(out)])
    assert done.exit_code == 2
    assert "pip install 'cleanse[review]'" in done.output


def test_decisions_do_not_go_into_the_run(out: Path) -> None:
    done = CliRunner().invoke(main, ["review", str(out), "--decisions", str(out / "decisions.jsonl")])
    assert done.exit_code == 2
    assert "choose another place" in done.output

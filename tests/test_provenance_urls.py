"""Canonical URLs still lead to the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.provenance.urls import canonical_url, domain, read_url
from strategies import texts


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://ann:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/../a", "https://example.org/a"),
        ("https://example.org/a//b", "https://example.org/a//b"),
        ("https://web.archive.org/web/2020/https://a.org/b", "https://web.archive.org/web/2020/https://a.org/b"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a#part"),
        ("www.example.org/a", "http://www.example.org/a"),
        ("https://münchen.example/straße", "https://münchen.example/straße"),
    ],
)
def test_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example",
        "ftp://example.org/",
        "mailto:ann@example.org",
        "javascript:alert(1)",
        "https://",
        "https://localhost/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://exa mple.org/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert canonical_url(url) is None


_urls = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}://{host}{port}{path}{query}{fragment}",
    st.sampled_from(["http", "HTTPS", "https"]),
    st.sampled_from(["a.org", "WWW.A.org", "u:p@a.org"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.lists(st.sampled_from(["/", "/a", "/.", "/..", "/B%20c", "//"]), max_size=6).map("".join),
    st.lists(st.sampled_from(["a=1", "utm_id=2", "", "b"]), max_size=4).map(lambda q: f"?{'&'.join(q)}" if q else ""),
    st.sampled_from(["", "#", "#top"]),
)


@given(_urls)
def test_the_canonical_form_is_stable(url: str) -> None:
    once = canonical_url(url)
    assert once is not None
    assert canonical_url(once) == once


@given(st.one_of(texts, _urls))
def test_any_text_is_an_address_or_nothing(text: str) -> None:
    for reading in read_url(text):
        assert text[reading.start : reading.end] == text.strip()
        assert canonical_url(reading.value) == reading.value


def test_a_break_is_joined_where_it_is_plausible_and_said_so() -> None:
    (reading,) = read_url(" https://example.org/a/why-the- bridge.html ")
    assert reading.value == "https://example.org/a/why-the-bridge.html"
    assert reading.attributes == {"raw": "https://example.org/a/why-the- bridge.html", "joined": "yes"}
    assert read_url("https://example.org/a and more") == []


def test_a_full_stop_behind_an_address_is_not_part_of_it() -> None:
    (reading,) = read_url("https://example.org/a.")
    assert reading.value == "https://example.org/a"


@pytest.mark.parametrize(
    ("url", "host"), [("https://www.example.org/a", "example.org"), ("https://a.b.org:8080/", "a.b.org"), ("x", "")]
)
def test_domain(url: str, host: str) -> None:
    assert domain(url) == host

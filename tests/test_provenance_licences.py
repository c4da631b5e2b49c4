"""Licences are named from explicit statements alone, as SPDX has them."""

import pytest

from cleanse.language import language_of
from cleanse.provenance.candidates import inherited
from cleanse.provenance.licences import spdx_of

PORTED = "https://creativecommons.org/licenses/by-sa/3.0/{}/"


@pytest.mark.parametrize(
    ("statement", "identifier"),
    [
        ("This work is licensed under a Creative Commons Attribution 4.0 International License.", "CC-BY-4.0"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 3.0", "CC-BY-NC-SA-3.0"),
        ("Creative Commons Attribution-NoDerivs 2.5 License", "CC-BY-ND-2.5"),
        ("CC BY-NC-ND 4.0", "CC-BY-NC-ND-4.0"),
        ("CC-BY-SA", "LicenseRef-CC-BY-SA"),
        ("CC BY 9.9", "LicenseRef-CC-BY"),
        ("https://creativecommons.org/licenses/by/2.5/au/deed.en", "CC-BY-2.5-AU"),
        (PORTED.format("de"), "CC-BY-SA-3.0-DE"),
        (PORTED.format("us"), "LicenseRef-CC-BY-SA-3.0-US"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("CC0", "CC0-1.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("the MIT license", "MIT"),
        ("under a Creative Commons licence", "LicenseRef-Creative-Commons"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 2.0 UK: England & Wales", "CC-BY-NC-SA-2.0-UK"),
        ("eine Creative-Commons-Lizenz (BY-NC 4.0)", "CC-BY-NC-4.0"),
        ("Creative Commons Lizenz Namensnennung - Nicht kommerziell 3.0 Deutschland", "CC-BY-NC-3.0-DE"),
        ("Licence Creative Commons Attribution - Pas d’Utilisation Commerciale 4.0 International", "CC-BY-NC-4.0"),
        ("licencia Creative Commons Reconocimiento-CompartirIgual 4.0 Internacional", "CC-BY-SA-4.0"),
        ("Creative Commons «Attribution» («Атрибуция») 4.0 Всемирная", "CC-BY-4.0"),
        ("a Creative Commons license by John", "LicenseRef-Creative-Commons"),
        ("This text is in the public domain.", "LicenseRef-Public-Domain"),
        ("All Rights Reserved", "LicenseRef-All-Rights-Reserved"),
        ("Copyright 2021 Harbour Post", None),
        ("He works at a commons in Northey, creative as ever.", None),
        ("Wikipedia", None),
        ("ACC BY 4.0", None),
        ("", None),
    ],
)
def test_statements(statement: str, identifier: str | None) -> None:
    assert spdx_of(statement) == identifier


@pytest.mark.parametrize("kind", ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"])
@pytest.mark.parametrize("version", ["1.0", "2.0", "2.5", "3.0", "4.0"])
@pytest.mark.parametrize("country", ["", "at/", "de/", "uk/", "jp/", "fr/", "igo/", "nz/"])
def test_every_identifier_is_on_the_list_of_spdx_or_says_that_it_is_not(kind: str, version: str, country: str) -> None:
    licenses = pytest.importorskip("packaging.licenses", reason="packaging has no licence list")
    found = spdx_of(f"https://creativecommons.org/licenses/{kind}/{version}/{country}")
    assert found is not None
    assert licenses.canonicalize_license_expression(found) == found


@pytest.mark.parametrize(
    "text",
    [
        "Das Boot ist noch nicht fertig, und niemand weiß, wann es fertig sein wird. " * 5,
        "Le bateau n’est pas encore fini, et personne ne sait quand il le sera. " * 5,
        "船还没有准备好，没有人知道什么时候会好。两个男人从三月开始工作。" * 12,
        "The boat is not ready yet, and nobody knows when it will be. " * 5,
    ],
)
def test_languages_are_canonical_tags(text: str) -> None:
    langcodes = pytest.importorskip("langcodes", reason="langcodes is not installed")
    code, _ = language_of(text)
    assert langcodes.standardize_tag(code) == code


@pytest.mark.parametrize("tag", ["en", "EN-gb", "zh-hans", "zh-hans-cn", "es-419", "und"])
def test_inherited_languages_are_canonical_tags(tag: str) -> None:
    langcodes = pytest.importorskip("langcodes", reason="langcodes is not installed")
    (candidate,) = inherited({"language": tag}, {})
    # `standardize_tag` also drops what is implied; the case and order of the parts is what counts here.
    assert candidate.value.lower() == tag.lower()
    assert langcodes.tag_is_valid(candidate.value)
    assert langcodes.Language.get(candidate.value, normalize=False).to_tag() == candidate.value

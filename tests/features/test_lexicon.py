"""Lexicons: every entry is well formed, is found where it stands, and patterns expand as described."""

import pytest
from pydantic import ValidationError

from features.lexicon import LexiconFile, languages, lexicon, silent_tags
from features.lexicon.inflect import plural, verb_forms
from features.lexicon.patterns import ANY_WORD, expand
from features.matcher import find
from features.tokens import tokenise


@pytest.mark.parametrize("tag", sorted(lexicon()))
def test_every_form_of_every_entry_is_found_as_its_tag(tag: str) -> None:
    for form in lexicon()[tag]:
        words = ["word" if part == ANY_WORD else part for part in form]
        hits = [hit for hit in find(tuple(words)) if hit.tag == tag]
        assert any(hit.first == 0 and hit.last == len(words) for hit in hits), (tag, form)


@pytest.mark.parametrize("tag", sorted(lexicon()))
def test_every_form_of_every_entry_is_what_the_tokeniser_makes_of_it(tag: str) -> None:
    for form in lexicon()[tag]:
        expected = ["word" if part == ANY_WORD else part for part in form]
        text = " ".join(expected).replace(" n't", "n't").replace(" 's", "'s").replace("u.s.", "u$")
        assert [token.form for token in tokenise(text)] == expected


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("body armou?r", {("body", "armour"), ("body", "armor")}),
        ("prop(s|ped|) up", {("props", "up"), ("propped", "up"), ("prop", "up")}),
        ("dual -? use", {("dual", "-", "use"), ("dual", "use")}),
        ("no (clear|) sign", {("no", "clear", "sign"), ("no", "sign")}),
        ("a(b(c|d)|e)", {("abc",), ("abd",), ("ae",)}),
    ],
)
def test_patterns_stand_for_all_their_forms(pattern: str, forms: set[tuple[str, ...]]) -> None:
    assert set(expand(pattern)) == forms


@pytest.mark.parametrize("pattern", ["keep(s afloat", "keeps) afloat"])
def test_an_unbalanced_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="parenthesis"):
        list(expand(pattern))


def test_regular_verbs_and_nouns_are_inflected() -> None:
    assert set(verb_forms("supply")) == {"supply", "supplies", "supplied", "supplying"}
    assert set(verb_forms("ship shipped")) == {"ship", "ships", "shipped", "shipping"}
    assert set(verb_forms("send sent")) == {"send", "sends", "sent", "sending"}
    assert set(verb_forms("agree")) == {"agree", "agrees", "agreed", "agreeing"}
    assert set(verb_forms("provide")) == {"provide", "provides", "provided", "providing"}
    assert [plural(noun) for noun in ("delivery", "loss", "envoy")] == ["deliveries", "losses", "envoys"]


def test_the_longest_entry_wins_at_its_place() -> None:
    hits = [(hit.tag, hit.first, hit.last) for hit in find(("no", "clear", "evidence"))]
    assert ("no_evidence", 0, 3) in hits


def test_a_lexicon_file_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="wrods"):
        LexiconFile.model_validate({"about": "typo", "tags": {"x": {"wrods": ["a"]}}})


def test_silent_tags_are_tags_and_english_comes_first() -> None:
    assert silent_tags() <= set(lexicon())
    assert next(iter(languages())) == "english"


def test_cues_are_tags_that_tell_something() -> None:
    assert {"china", "russia", "attribution", "diplomacy"} <= silent_tags()
    assert not {"denial", "transfer", "accusation", "evasion"} & silent_tags()

"""The words the rules of attribution know, read once from ``words.yaml`` and checked."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field

from features.lexicon.inflect import plural, verb_forms

Words = frozenset[str]

_NON_EMPTY = Field(min_length=1)


class Pronouns(BaseModel):
    """Pronouns by what they stand for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person: Words = _NON_EMPTY
    thing: Words = _NON_EMPTY
    group: Words = _NON_EMPTY
    self: Words = _NON_EMPTY


class Vocabulary(BaseModel):
    """``words.yaml``, a field for each list; the file says what each is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    saying: tuple[str, ...] = _NON_EMPTY
    doubtful: Words = _NON_EMPTY
    clausal: tuple[str, ...] = _NON_EMPTY
    judging: tuple[str, ...] = _NON_EMPTY
    showing: tuple[str, ...] = _NON_EMPTY
    inverting: tuple[str, ...] = _NON_EMPTY
    passive: Words = _NON_EMPTY
    auxiliaries: Words = _NON_EMPTY
    times: Words = _NON_EMPTY
    negations: Words = _NON_EMPTY
    determiners: Words = _NON_EMPTY
    numbers: Words = _NON_EMPTY
    prepositions: Words = _NON_EMPTY
    who: Words = _NON_EMPTY
    knowing: Words = _NON_EMPTY
    relatives: Words = _NON_EMPTY
    subordinators: Words = _NON_EMPTY
    conjunctions: Words = _NON_EMPTY
    pronouns: Pronouns
    particles: Words = _NON_EMPTY
    courtesies: Words = _NON_EMPTY
    roles: Words = _NON_EMPTY
    groups: Words = _NON_EMPTY
    bodies: Words = _NON_EMPTY
    writings: Words = _NON_EMPTY
    states: Words = _NON_EMPTY
    peoples: Words = _NON_EMPTY
    modifiers: Words = _NON_EMPTY
    openers: Words = _NON_EMPTY


@cache
def vocabulary() -> Vocabulary:
    """Return the word lists.

    Raises:
        pydantic.ValidationError: the file lacks a list, or has one that is not known.
    """
    raw = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return Vocabulary.model_validate(yaml.safe_load(raw))


@cache
def classes() -> dict[str, str]:
    """Return the class of each word form, as a letter of ``features.speakers.tagging``.

    Where a form is in several lists, the later of the order below wins.
    """
    words = vocabulary()
    ordered: list[tuple[str, Words]] = [
        ("k", words.openers),
        ("j", words.modifiers),
        ("j", words.peoples),
        ("S", _finite(words.showing)),
        ("J", _finite(words.judging)),
        ("V", _finite(words.saying)),
        ("E", _finite(words.clausal)),
        ("I", _finite(words.inverting)),
        ("v", words.doubtful),
        ("D", words.writings),
        ("R", words.roles),
        ("O", words.bodies),
        ("O", frozenset(map(plural, words.bodies)) - {"banks"}),
        ("G", words.groups | frozenset(map(plural, words.roles))),
        ("C", words.states),
        ("M", words.courtesies),
        ("x", words.auxiliaries),
        ("t", words.times),
        ("i", words.prepositions),
        ("f", words.knowing),
        ("r", words.relatives),
        ("w", words.who),
        ("c", words.conjunctions),
        ("u", words.subordinators),
        ("d", words.determiners),
        ("n", words.numbers),
        ("b", words.passive),
        ("!", words.negations),
        ("p", words.particles),
        ("P", words.pronouns.person),
        ("T", words.pronouns.thing),
        ("Y", words.pronouns.group),
        ("s", words.pronouns.self),
    ]
    return {form: letter for letter, forms in ordered for form in forms}


def _finite(verbs: tuple[str, ...]) -> Words:
    """Infinitives, third persons and past forms: not the participle in -ing, which has no subject of its own."""
    return frozenset(form for verb in verbs for form in verb_forms(verb) if not form.endswith("ing"))

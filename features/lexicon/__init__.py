"""Lexicons as data: word lists by tag, read from the YAML files beside this module.

``abbreviations.yaml`` and ``languages.yaml`` have a form of their own; the other files are mappings
``{about, silent, tags: {tag: {about, words, nouns, verbs, phrases}}}``. ``silent`` are the tags that are not shown
as cues of an explanation: a list, or ``true`` for all of the file. Entries are

- ``words``: forms taken as they stand;
- ``nouns``: singulars, to which the plural is added;
- ``verbs``: infinitives, inflected regularly; an irregular one lists its past forms after it (``send sent``);
- ``phrases``: patterns over tokens, such as ``prop(s|ped|ping|) _? up``; see ``features.lexicon.patterns``.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from features.lexicon.inflect import plural, verb_forms
from features.lexicon.patterns import expand

Form = tuple[str, ...]

_OF_THEIR_OWN_FORM = {"abbreviations.yaml", "languages.yaml"}


class Entries(BaseModel):
    """The entries of one tag."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str = ""
    words: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def forms(self) -> Iterator[Form]:
        """Yield every form of every entry, as a tuple of token forms."""
        yield from (tuple(word.split()) for word in self.words)
        for noun in self.nouns:
            yield tuple(noun.split())
            yield tuple(plural(noun).split())
        yield from ((form,) for verb in self.verbs for form in verb_forms(verb))
        for phrase in self.phrases:
            yield from expand(phrase)


class LexiconFile(BaseModel):
    """One YAML file: what it is for, and its tags."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    silent: bool | tuple[str, ...] = False
    tags: dict[str, Entries] = Field(min_length=1)


@cache
def lexicon() -> dict[str, frozenset[Form]]:
    """Return the tags of the project's own lexicon; see ``read_lexicon``."""
    return read_lexicon(files(__package__))


def read_lexicon(folder: Traversable) -> dict[str, frozenset[Form]]:
    """Return every tag with the forms of its entries, in the order of the files and of the tags in them.

    Raises:
        ValueError: a tag stands in two files, or an entry is empty.
        pydantic.ValidationError: a file departs from the schema.
    """
    tags: dict[str, frozenset[Form]] = {}
    for name, raw in _yaml_files(folder):
        if name in _OF_THEIR_OWN_FORM:
            continue
        for tag, entries in LexiconFile.model_validate(raw).tags.items():
            if tag in tags:
                raise ValueError(f"{name}: tag {tag} stands in another file too")
            tags[tag] = _checked(name, tag, entries.forms())
    return tags


@cache
def abbreviations() -> frozenset[str]:
    """Return the words whose full stop does not end a sentence."""
    return frozenset(dict(_yaml_files())["abbreviations.yaml"]["words"])


@cache
def silent_tags() -> frozenset[str]:
    """Return the tags that are not shown as cues: actors, topics, and words too common to explain anything."""
    shown = [LexiconFile.model_validate(raw) for name, raw in _yaml_files() if name not in _OF_THEIR_OWN_FORM]
    return frozenset(tag for file in shown for tag in (file.tags if file.silent is True else file.silent or ()))


@cache
def languages() -> dict[str, frozenset[str]]:
    """Return frequent function words by language, accents removed; ``english`` is the first."""
    lists: dict[str, list[str]] = dict(_yaml_files())["languages.yaml"]["languages"]
    return {language: frozenset(words) for language, words in lists.items()}


def _checked(name: str, tag: str, forms: Iterable[Form]) -> frozenset[Form]:
    found = frozenset(forms)
    if () in found or not found:
        raise ValueError(f"{name}: tag {tag} has an empty entry")
    return found


def _yaml_files(folder: Traversable | None = None) -> Iterator[tuple[str, Any]]:
    for file in sorted((folder or files(__package__)).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            yield file.name, yaml.safe_load(file.read_text(encoding="utf-8"))


__all__ = ["Entries", "Form", "LexiconFile", "abbreviations", "languages", "lexicon", "read_lexicon", "silent_tags"]

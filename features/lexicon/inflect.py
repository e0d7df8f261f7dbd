"""Regular English inflection, enough for the entries of the lexicon."""

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_VOWELS = "aeiou"


def plural(noun: str) -> str:
    """Return the regular plural (or third person singular) of a word: ``supply`` gives ``supplies``."""
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_SIBILANTS) else "s")


def verb_forms(entry: str) -> tuple[str, ...]:
    """Return the forms of a verb: infinitive, third person, past, participle.

    ``entry`` is an infinitive, inflected regularly, or an infinitive followed by its irregular past forms;
    where one of those doubles its consonant (``ship shipped``), the participle does so too.
    """
    base, *irregular = entry.split()
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    past = irregular or [_past(base, stem)]
    doubled = [form[:-2] + "ing" for form in past if form.startswith(base + base[-1]) and form.endswith("ed")]
    return (base, plural(base), *past, *(doubled or [stem + "ing"]))


def _past(base: str, stem: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return stem + ("d" if stem.endswith("e") else "ed")

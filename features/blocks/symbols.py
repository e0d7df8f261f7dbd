"""A sentence as symbols: tags for what the lexicon knows, a few function words, and what is said of which sides."""

from features.claims import claims
from features.document import Sentence
from features.matcher import Hit
from features.scene import ACTS, GOODS, SIDES, SIGNALS

PRIORITY = {tag: rank for rank, tag in enumerate((*SIDES, *SIGNALS, *ACTS, *GOODS))}
KEPT_WORDS = frozenset(
    "by to for from with of against in into over as on about is are was were been be has have had will would "  # noqa: SIM905
    "could may might not n't no 's it its and or but if after while despite : ; ? ! \"".split()
)


def symbols_of(sentence: Sentence) -> list[str]:
    """Return a sentence's tags and kept function words, in order; an entry of several words gives one tag."""
    if "symbols" not in sentence.notes:
        sentence.notes["symbols"] = _symbols(sentence) + _claim_symbols(sentence)
    found: list[str] = sentence.notes["symbols"]
    return found


def _symbols(sentence: Sentence) -> list[str]:
    """Return the symbols of the words; a tag that follows itself is left out, a word that does is kept."""
    best = _best(sentence)
    symbols: list[str] = []
    before = ""
    place = 0
    for number, word in enumerate(sentence.words):
        if number < place:
            continue
        hit = best.get(number)
        if hit is not None:
            place = hit.last
            symbol = hit.tag
        elif word in KEPT_WORDS:
            symbol = word
        else:
            continue
        if symbol != before or symbol in KEPT_WORDS:
            symbols.append(symbol)
            before = symbol
    return symbols


def _best(sentence: Sentence) -> dict[int, Hit]:
    """Return the hit that stands for each place where any begins: the longest, then the one that says most."""
    best: dict[int, Hit] = {}
    for hit in sentence.hits:
        rival = best.get(hit.first)
        if rival is None or _outranks(hit, rival):
            best[hit.first] = hit
    return best


def _outranks(hit: Hit, rival: Hit) -> bool:
    if hit.last != rival.last:
        return hit.last > rival.last
    mine, others = PRIORITY.get(hit.tag, len(PRIORITY)), PRIORITY.get(rival.tag, len(PRIORITY))
    return mine < others or (mine == others and hit.tag < rival.tag)


def _claim_symbols(sentence: Sentence) -> list[str]:
    """Return what the sentence says of each pair of sides, such as ``=china>russia#denied``."""
    said = claims(sentence)
    return sorted({f"={pair}#{said.frames[place].polarity}" for place, pair in enumerate(said.pairs)})

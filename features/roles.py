"""Who gives and who receives in an act or with goods, by word order, voice, prepositions and pronouns."""

from features.matcher import Hit
from features.scene import GOODS, Scene, last_of

Roles = tuple[Hit | None, Hit | None]

_OF = frozenset({"of"})
_FROM = frozenset({"from"})
_BY = frozenset({"by"})
_HOLDING = frozenset({"in", "inside", "aboard", "on"})
_BOUND_FOR = frozenset({"to", "for", "with", "in", "into", "inside", "reach", "reaching"})
_TARGETING = frozenset({"to", "for", "into", "with", "against"})
_SUBJECTS = frozenset({"it", "they", "he", "we", "its"})
_OBJECTS = (("it",), ("him",), ("them",))
_AUXILIARIES = frozenset(
    "is was are were has had have been be being will would could may might can does do did not n't never also ever "  # noqa: SIM905
    "still directly secretly now to".split()
)
_NOUNS = frozenset(
    "shipment shipments delivery deliveries transfer transfers sale sales consignment consignments exports supplies "  # noqa: SIM905
    "supply support aid help assistance backing provision purchases imports".split()
)
_FORSAKING = frozenset({"futility", "refusal"})
_TRACING = frozenset({"trace", "traces", "traced", "tracing"})
_FROM_OF = frozenset({"of", "off", "from"})
_TO = frozenset({"to"})
_DETERMINERS = (("the",), ("a",), ("to",), ("for",))
_DEPRIVED_REACH = 3  # words from "cut off" or "starved of" to the goods
_REQUEST_REACH = 8  # words between a request and what is asked for


def is_noun(scene: Scene, anchor: Hit) -> bool:
    """Return whether an act stands as a noun ("deliveries to Russia")."""
    return scene.words[anchor.first] in _NOUNS


def roles(scene: Scene, anchor: Hit) -> Roles:
    """Return the giver and the receiver of an anchor, ``None`` for one that is not named."""
    left = scene.left(anchor.first)
    if anchor.tag in GOODS:
        return _of_goods(scene, anchor, left)
    if anchor.tag == "receiving":
        return _of_receiving(scene, anchor, left)
    owner = scene.after_word(anchor.last, _OF, 3) if is_noun(scene, anchor) else None
    giver = scene.after_word(anchor.last, _BY) or scene.after_word(anchor.last, _FROM) or owner or left
    target = _target(scene, anchor)
    return _named(scene, anchor, giver, target if target not in (None, giver) or giver is left else left)


def link(scene: Scene) -> Roles | None:
    """Return China and Russia where no known act joins them but a preposition does: "boots for Russian conscripts"."""
    for receiver in scene.actors:
        if receiver.tag != "russia":
            continue
        giver = scene.left(receiver.first, "china") if _is_bound_for(scene, receiver) else _origin(scene, receiver)
        if giver is not None:
            return giver, receiver
    return None


def forsaken(scene: Scene) -> tuple[Hit, Hit] | None:
    """Return China and Russia where China leaves it alone, without a known act: "leaves Moscow to face …"."""
    for operator in scene.operators:
        if operator.tag not in _FORSAKING:
            continue
        for receiver in scene.actors:
            if receiver.tag == "russia" and operator.first < receiver.first <= operator.last + 1:
                giver = scene.left(operator.first)
                return (giver, receiver) if giver is not None and giver.tag == "china" else None
    return None


def _is_bound_for(scene: Scene, receiver: Hit) -> bool:
    """Whether a preposition leads to a receiver; the "to" of an infinitive does not."""
    before = scene.words[max(0, receiver.first - 2) : receiver.first]
    infinitive = before[:1] == ("to",) and before[1:] not in _DETERMINERS
    return not _BOUND_FOR.isdisjoint(before[1:] if infinitive else before)


def _of_receiving(scene: Scene, anchor: Hit, left: Hit | None) -> Roles:
    source = scene.after_word(anchor.last, _FROM)
    holder = scene.after_word(anchor.last, _HOLDING, 2)
    if holder is not None and holder is not left:
        return left, holder
    if (agent := scene.after_word(anchor.last, _BY)) is not None:
        return source or left, agent
    return source or scene.right(anchor.last, other_than=left), left


def _of_goods(scene: Scene, anchor: Hit, left: Hit | None) -> Roles:
    """Goods have an owner on their left, unless they are asked for; then they have an asker and an addressee."""
    if (traced := _traced(scene, anchor)) is not None:
        return traced
    if (deprived := _deprived(scene, anchor)) is not None:
        return deprived
    for signal in reversed(scene.signals):
        if signal.tag == "request" and 0 <= anchor.first - signal.last <= _REQUEST_REACH:
            return _of_request(scene, signal, anchor)
    return left, scene.after_word(anchor.last, _BOUND_FOR)


def _traced(scene: Scene, anchor: Hit) -> Roles | None:
    """Return China and Russia where what one has is traced to the other: "trace chip in Russian missile to Wuhan"."""
    if _TRACING.isdisjoint(scene.words):
        return None
    source = scene.after_word(anchor.last, _TO)
    if source is None or source.tag != "china":
        return None
    return source, scene.left(source.first, "russia") or scene.right(source.last)


def _deprived(scene: Scene, anchor: Hit) -> Roles | None:
    """Return who is cut off from goods and by whom: "cuts Moscow off from …", "plants starved of … as China …"."""
    for signal in scene.signals:
        if signal.tag != "cutting_off" or scene.words[signal.last - 1] not in _FROM_OF:
            continue
        if not 0 <= anchor.first - signal.last <= _DEPRIVED_REACH:
            continue
        inside = next((actor for actor in scene.actors if signal.first < actor.first < signal.last), None)
        receiver = inside or scene.left(signal.first)
        giver = scene.left(signal.first if inside else anchor.first, "china") or scene.right(anchor.last)
        return giver, receiver
    return None


def _of_request(scene: Scene, request: Hit, anchor: Hit) -> Roles:
    """Return who is asked and who asks: "Russia asked China for …", "a request from Moscow for …"."""
    between = [actor for actor in scene.actors if request.last <= actor.first and actor.last <= anchor.first]
    before = [actor for actor in scene.actors if actor.last <= request.first]
    if between and "from" in scene.words[request.last : between[0].first]:
        return last_of(before), between[0]
    return last_of(between) or last_of(before[:-1]) or scene.right(anchor.last), last_of(before)


def _target(scene: Scene, anchor: Hit) -> Hit | None:
    """The receiver right of the anchor: a direct object, else what follows "to" or "for", else the next actor."""
    first = scene.right(anchor.last)
    if first is None:
        return None
    adjective = scene.is_adjective(first)
    if first.first - anchor.last <= 1 and not adjective:
        return first
    return scene.after_word(anchor.last, _TARGETING) or (None if adjective else first)


def _named(scene: Scene, anchor: Hit, giver: Hit | None, receiver: Hit | None) -> Roles:
    """Put names for pronouns: who is said to give is China if it was named, who is said to get is Russia."""
    if (giver is None or giver.tag != "china") and _pronoun_before(scene, anchor.first):
        giver = scene.left(anchor.first, "china") or giver
    if giver is not None and giver.tag == "china" and scene.words[anchor.last : anchor.last + 1] in _OBJECTS:
        receiver = scene.left(anchor.first, "russia") or receiver
    return giver, receiver


def _pronoun_before(scene: Scene, place: int) -> bool:
    for word in reversed(scene.words[max(0, place - 4) : place]):
        if word in _SUBJECTS:
            return True
        if word not in _AUXILIARIES:
            return False
    return False


def _origin(scene: Scene, receiver: Hit) -> Hit | None:
    """China, where what Russia has comes or is traced there, or is Chinese: "Russian gunners fire Chinese brass"."""
    for actor in scene.actors:
        if actor.tag == "china" and actor.first >= receiver.last:
            before = scene.words[max(0, actor.first - 2) : actor.first]
            traced = "to" in before and any(signal.tag == "evidence" for signal in scene.signals)
            if "from" in before or traced or scene.words[actor.first] == "chinese":
                return actor
    return None

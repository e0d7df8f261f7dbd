"""What is said of a claim: operators turn it from the inside out, whichever side of it they stand on."""

import pytest

from features.blocks.frame_columns import names
from features.claims import claims
from features.document import analyse
from features.polarity import Polarity

ASSERTED = [
    "China sells Russia machine tools",
    "China denies halting deliveries of engines to Russia",
    "Papers contradict China's claim that it has sent Russia no weapons",
    "It is a lie that China sends Russia no arms",
    "Few in Vienna believe China's denial that it helps arm Russia",
    "Nobody doubts that China supplies Russia with chips",
    "Minister urges China to stop supplying Russia with chips",
    "Russia asked China for shells and China agreed",
    "If China had not supplied Russia with chips, its plants would be idle",
    "Spy chief warns that China is about to supply Russia with shells",
    "EU bans two Chinese banks for helping Russia",
    "Machine parts from Shenzhen go to Russian plants",
    "Investigators trace chip in Russian missile to supplier in Shenzhen",
    "EU warns China against arming Russia, saying it has proof that shells are on their way",
    "Russia asked China for trucks and the first hundred have arrived",
    "Russia is getting drones from China",
    "China is hit with sanctions for supplying Russia",
]
DENIED = [
    "China has not supplied engines to the Russian army",
    "No engines have been supplied to Russia by China",
    "China denies arming Russia",
    "China rejects as baseless claims that it arms Russia",
    "It is no secret that China has refused to sell Russia weapons",
    "Claims that China supplies Russia with shells are false",
    "After the US says China arms Russia, Beijing denies it",
    "Chinese deliveries of chips to Russia dry up",
    "China decides against supplying Russia with drones",
    "Russia asked China for shells but got no answer",
    "If China had armed Russia we would have seen it",
    "Why would China arm Russia?",
    "Beijing hits back over the charge that it arms Russia",
    "China is outraged after NATO accuses it of involvement in Russia's war",
    "Beijing slams sanctions on Chinese suppliers of Russia's army as groundless",
    "Beijing vows to answer sanctions on Chinese firms for supplying Russia",
    "Fears of Chinese arms for Russia have proved groundless",
    "New Chinese export rules cut Russia off from drone parts",
    "Beijing leaves Moscow to face sanctions alone",
    "China is not helping Russia evade sanctions",
]
OPEN = [
    "Russia asks China for drones",
    "If China arms Russia, sanctions will follow",
    "US warns China against supplying Russia with weapons",
    "Chancellor urges Xi not to send weapons to Russia",
    "Will China supply Russia with drones?",
    "Does China supply Russia with radar parts?",
]


@pytest.mark.parametrize(
    ("text", "said"),
    [(text, said) for said, texts in zip(Polarity, (ASSERTED, DENIED, OPEN), strict=True) for text in texts],
)
def test_the_plainest_claim_is_read_with_its_polarity(text: str, said: Polarity) -> None:
    plainest = claims(analyse(text).sentences[0]).plainest
    assert plainest is not None
    assert plainest.polarity is said


def test_a_claim_needs_no_known_act() -> None:
    found = claims(analyse("Boots from Chinese mills for Russian conscripts").sentences[0])
    assert ("china>russia", "link") in [
        (pair, frame.act) for pair, frame in zip(found.pairs, found.frames, strict=True)
    ]


def test_a_gift_the_other_way_is_no_claim() -> None:
    assert claims(analyse("Russia supplies helicopter engines to the Chinese army").sentences[0]).plainest is None


def test_pronouns_stand_for_who_was_named() -> None:
    pairs = claims(analyse("China mocks the charge that it supplies Russia").sentences[0]).pairs
    assert "china>russia" in pairs


def test_beside_russia_an_unnamed_receiver_is_told_from_any_other() -> None:
    beside, alone = (
        claims(analyse(text).sentences[0]).pairs for text in ("China sends drones, not Russia", "China sends drones")
    )
    assert "china>it" in beside or "china>russia" in beside
    assert alone == ["china>?"]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Russia has asked China for credit. China said no.", "answer|refused"),
        ("Russia has asked China for credit. China said yes.", "answer|granted"),
        ("A Chinese firm sells Russia engines? Not true, it says.", "answer|refused"),
        ("A Chinese firm sold Russia cameras. The firm denies it.", "claim|gainsaid"),
        ("China denies arming Russia. Yet a Chinese firm has sold Russia engines.", "claim|repeated"),
    ],
)
def test_a_sentence_answers_the_one_before_it(text: str, column: str) -> None:
    assert column in names(analyse(text))


def test_a_complaint_is_one_only_in_the_mouth_of_the_accused() -> None:
    outrage = "Kyiv is outraged at Chinese shipments of engines to Russia"
    plainest = claims(analyse(outrage).sentences[0]).plainest
    assert plainest is not None
    assert plainest.polarity is Polarity.ASSERTED


def test_the_infinitive_after_to_leads_to_no_receiver() -> None:
    assert claims(analyse("China declines to call Russia's attack an invasion").sentences[0]).plainest is None

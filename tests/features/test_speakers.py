"""Speakers: who is said to say each sentence, in the fullest form of his name that the text has."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.document import analyse
from features.speakers import speakers

ANY_TEXT = st.text(max_size=200)
PIECES = (
    "“ ” ' \" said told He it they others Wang Wenbin the minister , . : according to of who U.S. Mr. 's \n\n \ud800 é"
)
PROSE = st.lists(st.sampled_from([*PIECES.split(" "), "\n\n"]), max_size=40).map(" ".join)


def who(text: str) -> list[str | None]:
    return speakers(analyse(text))


@given(ANY_TEXT | PROSE)
@settings(deadline=None)  # the first call reads the word lists
def test_any_text_has_one_answer_for_each_sentence(text: str) -> None:
    assert len(who(text)) == len(analyse(text).sentences)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Anna Vogel said that shells had arrived.", "Anna Vogel"),
        ("Shells had arrived, Anna Vogel said.", "Anna Vogel"),
        ("“Shells have arrived,” said Anna Vogel, who runs the depot.", "Anna Vogel"),
        ("'Shells have arrived,' said Anna Vogel.", "Anna Vogel"),
        ("Anna Vogel, a former general, said that shells had arrived.", "Anna Vogel"),
        ("Defence Minister Anna Vogel has since denied it.", "Anna Vogel"),
        ("Secretary of State Anna Vogel told reporters that it was false.", "Anna Vogel"),
        ("Mr. Vogel warned Beijing.", "Vogel"),
        ("The agency's chief, Anna Vogel, said that shells had arrived.", "Anna Vogel"),
        ("Norway's Anna Vogel said that shells had arrived.", "Anna Vogel"),
        ("Anna Vogel of the arms control institute said no shells were sent.", "Anna Vogel"),
        ("Shells arrived in March, according to Kyiv.", "Kyiv"),
        ("China's foreign ministry on Monday rejected the report.", "China's foreign ministry"),
        ("The Department of Trade said that it was looking into it.", "Department of Trade"),
        ("US officials say that shells have arrived.", "US officials"),
        ("Shells have arrived, said two people familiar with the matter.", "two people familiar with the matter"),
        ("Customs records show that exports doubled.", "Customs records"),
        ("Ukraine claims that China arms Russia.", "Ukraine"),
        ("China denies arming Russia", "China"),
        ("Vogel: China is arming Russia", "Vogel"),
        ("No shells were sent to Russia: Kremlin", "Kremlin"),
    ],
)
def test_the_source_of_a_sentence_is_found(sentence: str, speaker: str) -> None:
    assert who(sentence) == [speaker]


@pytest.mark.parametrize(
    "sentence",
    [
        "China bought more oil from Russia in May.",
        "Firms accused of sending shells were put on a list.",
        "It was a visit that Beijing called useful.",
        "Nobody said that China had sent shells.",
        "The claim was repeated, and the report did not convince.",
        "Explainer: what China sells to Russia",
        "Li is said to have met the envoy.",
    ],
)
def test_nobody_speaks_where_nothing_is_reported(sentence: str) -> None:
    assert who(sentence) == [None]


def test_a_short_name_gets_the_full_one_the_text_has_given() -> None:
    assert who("Wang Wenbin met the press. Wang said that China sends no arms.") == [None, "Wang Wenbin"]


def test_a_pronoun_means_the_last_person_who_spoke() -> None:
    found = who("Anna Vogel said that shells had arrived. The plant is in Perm. She added that tanks would follow.")
    assert found == ["Anna Vogel", None, "Anna Vogel"]


def test_a_pronoun_means_the_person_the_text_has_turned_to() -> None:
    found = who("Anna Vogel said nay. Minister Karl Brandt took the floor. He said yes.")
    assert found == ["Anna Vogel", None, "Karl Brandt"]


def test_they_and_it_mean_groups_and_bodies() -> None:
    assert who("US officials said nay. They said it twice.") == ["US officials", "US officials"]
    assert who("The trade ministry denied it. It called the report false.") == ["trade ministry", "trade ministry"]


def test_an_office_means_its_holder() -> None:
    found = who("Foreign ministry spokesman Lin Bo denied it. It rained. The spokesperson added that it was false.")
    assert found == ["Lin Bo", None, "Lin Bo"]


def test_others_are_not_those_before() -> None:
    assert who("US officials said nay. Others said yes.") == ["US officials", None]


def test_a_quotation_of_several_sentences_has_one_speaker() -> None:
    assert who("Vogel said: “We sent nothing. We never will. It is false.”") == ["Vogel"] * 3


def test_a_bare_quotation_belongs_to_the_speaker_before() -> None:
    assert who("“We sent nothing,” Vogel said. “Not one shell.”") == ["Vogel", "Vogel"]


def test_a_bare_quotation_that_opens_the_text_belongs_to_the_speaker_after() -> None:
    assert who("“We sent nothing.” “Not one shell,” said Vogel.") == ["Vogel", "Vogel"]


def test_a_verb_within_the_quotation_attributes_nothing() -> None:
    assert who("“Kyiv says that we sent shells,” Vogel said.") == ["Vogel"]


def test_a_transcript_gives_each_answer_to_its_label() -> None:
    found = who(
        "Press conference.\nAFP: Is it true?\nLin Bo: It is not. It never was.\nTASS: And oil?\nLin Bo: That is trade."
    )
    assert found == [None, "AFP", "Lin Bo", "Lin Bo", "TASS", "Lin Bo"]


def test_the_headline_over_an_article_has_no_speaker_of_its_own() -> None:
    assert who("China denies arming Russia\n\nIt rained. Lin Bo denied it.") == [None, None, "Lin Bo"]


def test_time_is_linear_in_the_length_of_the_text() -> None:
    def seconds(times: int) -> float:
        document = analyse("Wang Wei Li, who, said the official of the ministry, “he said. " * times)
        begun = time.perf_counter()
        speakers(document)
        return time.perf_counter() - begun

    seconds(10)
    assert seconds(4000) < 40 * max(seconds(400), 0.01)

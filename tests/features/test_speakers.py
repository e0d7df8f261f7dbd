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
        ("In Perm a spokesman said that shells had arrived.", "spokesman"),
        ("Later in the week the trade ministry denied it.", "trade ministry"),
        ("The ministry at first denied it.", "ministry"),
        ("“Shells have arrived,” said port manager Anna Vogel.", "Anna Vogel"),
        ("The bakery says that flour has arrived.", "bakery"),
        ("My own cousin says that it is false.", "cousin"),
        ("A magazine reported on Monday, citing two diplomats, that shells had arrived.", "magazine"),
        ("Two traders in Hong Kong estimate that exports doubled.", "Two traders"),
        ("President Vogel smiled at the guests, then said that she was joking.", "Vogel"),
        ("A captain in Perm showed us a list and told us to look for it.", "captain"),
        ("China is dissatisfied and rejects the list, the Ministry of Trade said on Monday.", "Ministry of Trade"),
        ("China accuses Japan of lies, Anna Vogel told the agency, Reuters reported.", "Anna Vogel"),
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
        "Kyiv asked for more shells.",
        "Then the officer asks whether shells have arrived.",
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
    assert who("US officials said nay. Others said yes.") == ["US officials", "Others"]


def test_they_are_the_people_named_last_where_nobody_has_spoken() -> None:
    found = who("The list is long, if three European officials are right. The banks are small. They say it will grow.")
    assert found == [None, None, "three European officials"]


def test_an_office_is_not_the_unnamed_person_who_spoke_before() -> None:
    found = who("“We buy anywhere,” says a trader. He laughs. The manager says that he has no customers.")
    assert found[-1] == "manager"


def test_he_is_not_said_to_speak_where_he_only_follows_the_verb() -> None:
    found = who("“We buy,” says a trader. The manager, reached by telephone, said he had a meeting.")
    assert found[-1] == "manager"


def test_a_headline_in_capitals_names_no_person() -> None:
    found = who("The End of the Great Tea Rush\n\nThe dealer Sergei sold tea. “It was good tea,” he says.")
    assert found[-1] == "Sergei"


def test_a_headline_may_end_with_its_source() -> None:
    assert who("Tea still crosses the border, customs data show\n\nIt rained. It was late.")[0] == "customs data"


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

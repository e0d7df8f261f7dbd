"""Blocks for posts, and tags of a lexicon of one's own; all posts are invented."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from features.answer import score
from features.blocks.lexicon import LexiconTags
from features.blocks.tweets import LINK, STRETCHED, TweetChars, TweetWords, hashtag_words, tweet_words
from features.document import analyse
from features.lexicon import lexicon
from features.model import block_pipeline, make_model

POSTS = ["Trams now! #BuildTheTram", "No tram, no debt. #KeepOurRoads"] * 6
SIDES = ["support", "deny"] * 6


def folder_of(directory: Path, tags: str) -> str:
    (directory / "own.yaml").write_text(f"about: a test\ntags: {tags}\n", "utf-8")
    return str(directory)


def counted(folder: str, *texts: str) -> list[list[int]]:
    documents = [analyse(text) for text in texts]
    counts = np.expm1(LexiconTags(folder, weight=1.0).fit(documents).transform(documents))
    found: list[list[int]] = counts.round().astype(int).tolist()
    return found


def test_mentions_hashtags_faces_and_emoji_are_words() -> None:
    assert tweet_words("@user loves #trams :) 🚋🚋 don't") == ["@user", "loves", "#trams", ":)", "🚋", "🚋", "don't"]


def test_links_are_alike_and_stretched_words_are_shortened_and_marked() -> None:
    assert tweet_words("sooooo good https://tram.example/a") == ["soo", STRETCHED, "good", LINK]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#BuildTheTram", ["build", "the", "tram"]),
        ("#Trams4Town", ["trams", "4", "town"]),
        ("#NHSFirst", ["nhs", "first"]),
        ("#trams", ["trams"]),
    ],
)
def test_capitals_and_digits_divide_a_hashtag(tag: str, words: list[str]) -> None:
    assert hashtag_words(analyse(f"Well: {tag}!")) == words


def test_terms_hold_word_n_grams_and_parts_of_hashtags() -> None:
    terms = TweetWords(ngram_range=(1, 2)).fit([analyse("No debt #BuildTheTram")]).get_feature_names_out()
    assert {"no debt", "debt #buildthetram", "#buildthetram", "build"} <= set(terms)


def test_characters_run_across_words() -> None:
    assert "o d" in TweetChars(ngram_range=(3, 3)).fit([analyse("No  debt")]).get_feature_names_out()


def test_tags_of_a_folder_are_counted_in_words_and_hashtags(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "{welcome: {nouns: [tram]}, complaint: {phrases: [too _ for]}}")
    assert counted(folder, "Trams! #MyTram", "It is too wide for us.", "Nothing.") == [[2, 0], [0, 1], [0, 0]]


def test_a_folder_does_not_change_the_lexicon_of_the_project(tmp_path: Path) -> None:
    before = analyse("China sends trams to Russia.").sentences[0].hits
    counted(folder_of(tmp_path, "{china: {words: [tram]}}"), "A tram.")
    assert "tram" not in {" ".join(form) for form in lexicon()["china"]}
    assert analyse("China sends trams to Russia.").sentences[0].hits == before


def test_without_a_folder_the_block_says_what_it_needs() -> None:
    with pytest.raises(ValueError, match="needs a folder of YAML files"):
        LexiconTags().fit([analyse("A tram.")])


def test_the_topical_gate_can_be_opened() -> None:
    for gate in (True, False):
        base = block_pipeline(["tweet_words"], LogisticRegression(C=100.0))
        model = make_model(base, calibration_folds=3, topic_gate=gate).fit(
            [*POSTS, "Rain.", "Sun.", "Wind."], [*SIDES, *["neutral"] * 3]
        )
        (answer,) = score(model, POSTS[:1])
        assert (answer.stance, answer.on_topic) == (("neutral", False) if gate else ("support", True))

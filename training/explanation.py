"""What was read out of a text, in a line: the frames and cues that a reader of an error wants to see."""

from features.document import Document
from features.frames import Frame, frames
from features.lexicon import silent_tags


def frames_of(document: Document) -> str:
    """The claim frames of a text, in order: ``china -transfer of arms-> russia (denial)``; each once."""
    found = [_frame(frame) for sentence in document.sentences for frame in frames(sentence)]
    return "; ".join(dict.fromkeys(found))


def cues_of(document: Document) -> str:
    """The lexicon entries of a text, in order: ``denied [denial]``; each once."""
    silent = silent_tags()
    found = [
        f"{' '.join(sentence.words[hit.first : hit.last])} [{hit.tag}]"
        for sentence in document.sentences
        for hit in sentence.hits
        if hit.tag not in silent
    ]
    return "; ".join(dict.fromkeys(found))


def _frame(frame: Frame) -> str:
    act = f"{frame.act} of {frame.goods}" if frame.goods else frame.act
    signals = ", ".join(sorted(frame.signals | frame.after))
    said = f"{frame.giver or '?'} -{act}-> {frame.receiver or '?'}"
    return f"{said} ({signals})" if signals else said

"""``review``: readers' feedback becomes labelled texts."""

# Imports stand within the commands, as in ``training.cli``.
# ruff: noqa: PLC0415

from typing import Annotated

import typer

from training.commands.options import Corpus, Feedback, Models, open_console, settings_from


def review(
    listed: Annotated[bool, typer.Option("--list", help="Only list what waits.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many texts to go through.")] = 50,
    corpus: Corpus = None,
    models: Models = None,
    feedback_url: Feedback = None,
) -> None:
    """Go through readers' feedback, the most uncertain and most novel first; what is accepted joins the corpus."""
    from training.accepted import export_accepted
    from training.bundle import read_bundle
    from training.corpus import read_corpus
    from training.feedback import open_desk
    from training.proposals import propose
    from training.review import review as run
    from training.review import show

    settings = settings_from(corpus=corpus, models=models, feedback_url=feedback_url)
    console = open_console()
    with open_desk(settings.feedback_url) as desk:
        items = desk.waiting()
        known, model = read_corpus(settings.corpus), read_bundle(settings.models).model
        proposals = propose(items, model, known)[:limit]
        if listed:
            show(console, proposals, len(items))
            return
        decided = run(console, desk, proposals)
        exported = export_accepted(desk.accepted(), settings.corpus)
    console.print(f"{decided} decided, {len(items) - decided} still wait; {exported}", soft_wrap=True, markup=False)

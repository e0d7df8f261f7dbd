"""The exact types that a saved model may hold; a file with any other type is refused before it is opened."""

from typing import Final

TRUSTED_TYPES: Final[tuple[str, ...]] = (
    "collections.OrderedDict",
    "features.blocks.cues.CueCounts",
    "features.blocks.frames.FrameFeatures",
    "features.blocks.lexicon.LexiconTags",
    "features.blocks.ngrams.CharNgrams",
    "features.blocks.ngrams.MaskedWordNgrams",
    "features.blocks.ngrams.WordNgrams",
    "features.blocks.shape.TextShape",
    "features.blocks.tags.TagNgrams",
    "features.blocks.tweets.TweetChars",
    "features.blocks.tweets.TweetWords",
    "features.kernel.RbfSvm",
    "features.model.StanceClassifier",
    "features.reader.DocumentReader",
    "lightgbm.basic.Booster",
    "lightgbm.sklearn.LGBMClassifier",
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._SigmoidCalibration",
    "sklearn.utils._bunch.Bunch",
)

"""Files of texts to files of answers: in chunks, on many cores, and to be taken up again after an interruption."""

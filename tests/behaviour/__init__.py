"""What the codebook demands of any model, as data, in the manner of CheckList."""

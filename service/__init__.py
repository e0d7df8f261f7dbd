"""Model to answers: verifies a bundle, scores texts over HTTP. Knows neither training nor its tracking server."""

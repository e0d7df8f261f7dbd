"""Model to answers: verifies a bundle and scores texts over HTTP. Knows neither training nor MLflow."""

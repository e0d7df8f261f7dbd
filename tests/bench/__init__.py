"""``make bench``: the service beside MLflow's server, a plain endpoint and an echo, on the same texts."""

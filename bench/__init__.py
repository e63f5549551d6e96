"""Measurements: how long things take, as ratios within one run. `make bench` runs them."""

"""Tests. What takes how long is measured in bench/; here nothing is timed, as the machine may be busy with anything."""

PATIENCE = 300  # seconds after which what has not come is taken for what never comes

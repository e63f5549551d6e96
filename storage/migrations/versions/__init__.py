"""One file for each step of the tables, never changed after its release."""

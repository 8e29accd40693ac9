"""Makes the input files of the demo city: the tables and texts an office would have. All names are invented."""

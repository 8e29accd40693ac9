"""A second implementation of the scoring engine, in plain fractions, straight from claims and projects.

Written from `docs/scheme-files.md`, `docs/fact-tables.md` and `docs/functions.md` alone, without looking at how the engine
computes: no postings, no SQL, no typed scheme. It reads the scheme as the plain tree of texts that the file is, walks all
rows at every question, and knows of `shuangbi_engine` only the row types of the fact tables.
"""

"""Shuangbi: one ledger, project competitions whose numbers open to their evidence, bulletins that can be proved."""

__version__ = "0.1.0"

"""Input of projects."""

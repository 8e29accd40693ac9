"""Scores of a project competition from claims, projects and a scheme file, every point explained. No Django."""

"""Django's SQLite backend behind the write gate."""

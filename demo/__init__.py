"""The demo city: built through the doors everyone uses, in the name of its people, by its own clock."""

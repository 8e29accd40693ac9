"""How an action says no: a sentence for the person who asked, and the place it is about."""


class Refused(Exception):
    """An action was refused and nothing was written. `field` names the input, where one is to blame."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

"""Pages of the cockpit. They only read; what acts is posted to the rooms that own the action."""

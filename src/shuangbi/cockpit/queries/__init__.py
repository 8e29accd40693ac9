"""Reading for the cockpit: every page's figures as plain records, scoped to who asks. Nothing here writes."""

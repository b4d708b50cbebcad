"""From an inbox to submitted/: who submitted what, with the answers in their places."""

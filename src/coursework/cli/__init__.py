"""The `coursework` command."""

"""Proof that the tests accept right answers and reject known mistakes."""

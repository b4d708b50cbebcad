"""The class in tables and pictures: grades, exports, reports, similarity."""

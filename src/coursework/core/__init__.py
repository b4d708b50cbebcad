"""What every stage shares: where a course is, its settings, names, dates, text and files."""

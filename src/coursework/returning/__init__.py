"""What students and staff read of a graded submission: pages, PDF, formgrader's view."""

"""What a submission's values are worth beside those of the reference solution."""

"""From source/ to release/ and to the public copy."""

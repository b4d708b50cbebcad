"""From submitted/ to autograded/ and the gradebook."""

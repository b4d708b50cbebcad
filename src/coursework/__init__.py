"""A deep-learning course in a box: nbgrader assignments and the pipeline around them."""

"""What `release` copies into the notebooks, and the data sets that they load."""

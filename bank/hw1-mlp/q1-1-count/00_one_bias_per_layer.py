# misconception: Each layer has got a single bias here; look at how long a bias vector is.
ans_1_1 = (100 * 50 + 1) + (50 * 25 + 1) + (25 * 10 + 1)

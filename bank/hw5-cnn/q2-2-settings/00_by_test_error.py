# misconception: The test error has chosen: choose by validation, the test is for the report.
SETTINGS = [(0.01, 4), (0.1, 4), (0.01, 16), (0.1, 16)]


def choose_best(rows):
    return sorted(rows, key=lambda r: r["test_error"])[0]

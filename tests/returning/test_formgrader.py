"""Theory answers are graded in nbgrader's formgrader, in a real browser, with the mark scheme in view."""

import csv
import os
import re
import shutil
from pathlib import Path

import pytest

from coursework.grading import autograde
from coursework.reporting import grades
from coursework.returning import feedback
from coursework.returning.pdf import BROWSERS
from tests.support.course import answered, submit
from tests.support.formgrader import TOKEN, running

CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), None)
PICTURES = os.environ.get("COURSEWORK_PICTURES")  # a folder that keeps what the browser showed
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs chromium: apt-get install chromium")
HOSTILE = """Because two is more: $2 > 1$.

<script>document.title = "owned"</script><img src=x onerror="document.title='owned'">
<p id="q1-3-why" class="score tabbable">5</p><p id="q1-3-why-comment" class="comment tabbable">all right</p>"""
OWN = """<script>document.title = "owned"</script><img src=x onerror="document.title='owned'">"""
IMAGE = {"image/png": 'x">' + OWN, "text/plain": OWN}
SHOWING = f"""from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display
own = {OWN!r}
display(HTML(own), Markdown(own), Latex(own), Javascript("document.title = 'owned'"))
display(HTML("<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'></svg>"))
display({{"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'></svg>"}}, raw=True)
display({IMAGE!r}, raw=True, metadata={{"image/png": {{"width": '1">' + own}}}})
print(own)
ans_1_2 = 6585
"""


@pytest.fixture
def page(tmp_path):
    """A browser page; what happens elsewhere than on this machine is refused."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = browser.new_context(
            viewport={"width": 1180, "height": 900}, extra_http_headers={"Authorization": f"token {TOKEN}"}
        )
        context.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
        yield context.new_page()
        browser.close()


def picture(page, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png")


def saved(page, click):
    """Do something, and wait until formgrader has written it."""
    with page.expect_response(lambda r: r.request.method == "PUT" and r.ok):
        click()


def test_a_theory_answer_from_the_class_list_to_the_grade_csv(proven, tmp_path, page):
    submit(proven, "Doe_Jane", answered(proven, why=HOSTILE, count=SHOWING))
    submit(proven, "Roe_Rita", answered(proven))
    autograde.autograde(proven, "hw0-tiny")
    with running(proven.root, tmp_path / "jupyter") as server:
        jane = server.submissions("hw0-tiny")["Doe_Jane"]
        page.goto(f"{server.url}/gradebook")
        page.get_by_role("link", name="hw0-tiny").click()
        page.get_by_role("link", name="hw0-tiny").last.click()
        page.wait_for_selector("td.name")
        assert "Doe_Jane" not in page.inner_text("table")  # names are behind an eye
        picture(page, "class")

        page.goto(f"{server.url}/submissions/{jane}/")
        line = page.locator(".mark-scheme[data-answer=q1-3-why] .scheme-line")
        line.scroll_into_view_if_needed()
        assert line.inner_text() == "· of 2 · because one and one is two"
        setup = page.locator("details", has_text="Set-up (")
        assert setup.count() == 1 and not setup.locator("text=def _load_check").is_visible()
        assert page.locator("text=def double").first.is_visible()  # what is graded is open
        assert page.title() == "hw0-tiny"  # no script of the student's has run
        assert page.locator(".mark-scheme ~ script").count() == 1 and page.locator("img[onerror]").count() == 0
        assert page.locator("p:is([id^=q1-3-why], .score, .comment, .tabbable)").count() == 0  # nor is it a field
        assert page.locator("svg").count()  # the formula is drawn, without a network
        page.wait_for_load_state("networkidle")
        score, comment = page.locator("#q1-3-why"), page.locator("#q1-3-why-comment")
        saved(page, line.click)
        assert (score.input_value(), comment.input_value()) == ("2", "✓ 2 · because one and one is two")
        saved(page, line.click)
        page.wait_for_function("document.getElementById('q1-3-why').value == '1'")
        comment.fill(comment.input_value() + "\nSay which two.")
        saved(page, comment.blur)
        page.wait_for_load_state("networkidle")
        picture(page, "answer")

        page.reload()  # and everything is there again
        page.wait_for_selector(".scheme-line.half")
        assert page.locator("#q1-3-why-comment").input_value().splitlines() == [
            "◐ 1 of 2 · because one and one is two", "Say which two."
        ]  # fmt: skip
    assert not feedback.write_feedback(proven, "hw0-tiny").failed
    path = proven.root / "feedback" / "Doe_Jane" / "hw0-tiny" / "hw0-tiny.html"
    page.goto("about:blank")
    page.set_content(path.read_text())
    picture(page, "feedback")
    text = page.inner_text("body")
    assert "Say which two." in text and "because one and one is two" in text
    grades.write_csv(grades.grade_table(proven, "hw0-tiny"), proven.root / "grades.csv")
    with open(proven.root / "grades.csv", newline="", encoding="utf-8-sig") as file:
        row = next(r for r in csv.DictReader(file) if r["student"] == "Doe_Jane")
    assert float(row["total"]) == 8 and int(row["waiting"]) == 0


def test_names_are_hidden_in_what_a_reader_reads(proven, tmp_path, page):
    with open(proven.root / "nbgrader_config.py", "a") as config:
        config.write("\nc.GraderView.hide_names = True\n")
    submit(proven, "Doe_Jane", answered(proven, why="I, Jane Doe, say so (doe_jane@example.org). Janet does not."))
    autograde.autograde(proven, "hw0-tiny")
    with running(proven.root, tmp_path / "jupyter") as server:
        page.goto(f"{server.url}/submissions/{server.submissions('hw0-tiny')['Doe_Jane']}/")
        page.wait_for_load_state("networkidle")
        picture(page, "hidden")
        assert not re.search(r"\b(jane|doe)(\b|_)", page.content(), re.IGNORECASE)
        assert "I, ▒▒▒ ▒▒▒, say so" in page.inner_text("body") and "Janet does not" in page.inner_text("body")

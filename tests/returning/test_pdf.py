"""Feedback and submissions as PDF: whole, numbered, harmless; one that fails is named and costs nobody else theirs."""

import base64
import re
import shutil

import pytest
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core.course import Course, StaffError
from coursework.returning import pdf, staff
from coursework.returning.feedback import write_feedback
from tests.support.course import graded_class

browser = pytest.mark.skipif(not any(map(shutil.which, pdf.BROWSERS)), reason="no Chromium on this machine")
HOSTILE = """So $\\frac{$ breaks, and $x^2$ does not. 伟 Åsa
<iframe src="file:///etc/passwd"></iframe><img src="file:///etc/hostname"><style>*{display:none}</style>
<script>document.body.innerHTML = "owned"</script>"""


def pages_of(payload: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", payload))


@pytest.fixture(scope="module")
def returned_files(proven_files, tmp_path_factory):
    """The folder of a course whose feedback was written once; copy it, do not change it."""
    long = "def double(x):\n    return x + x  # " + "long " * 80
    answers = {"Doe_Jane": {"double": long, "why": HOSTILE}, "Roe_Rita": {}}
    course = graded_class(proven_files, tmp_path_factory.mktemp("returned"), answers)
    write_feedback(course, "hw0-tiny")
    return course.root


@pytest.fixture
def returned(returned_files, tmp_path, monkeypatch) -> Course:
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    return Course(shutil.copytree(returned_files, tmp_path / "course"))


@browser
def test_a_class_its_hand_ins_and_one_that_fails(returned):
    report = pdf.print_class(returned, "hw0-tiny", None, submissions=False)
    assert report.exit_code == 0 and [p.name for p in report.written] == ["hw0-tiny.pdf"] * 2
    assert all(p.read_bytes().startswith(b"%PDF") and pages_of(p.read_bytes()) >= 1 for p in report.written)
    report = pdf.print_class(returned, "hw0-tiny", ["Doe_Jane"], submissions=True)
    assert [p.name for p in report.written] == ["hw0-tiny-submission.pdf"]
    (returned.root / "feedback" / "Doe_Jane" / "hw0-tiny" / "hw0-tiny.html").unlink()
    report = pdf.print_class(returned, "hw0-tiny", None, submissions=False)
    assert report.exit_code == 1 and len(report.written) == 1
    assert report.lines()[0].startswith("✗ no PDF for Doe_Jane, hw0-tiny: hw0-tiny.html: no such file")
    with pytest.raises(StaffError, match="Nobody_Nina has no feedback"):
        pdf.print_class(returned, "hw0-tiny", ["Nobody_Nina"], submissions=False)
    with pytest.raises(StaffError, match="coursework feedback hw9"):
        pdf.print_class(returned, "hw9", None, submissions=False)


@browser
def test_one_notebook_by_the_command(returned, tmp_path):
    path = returned.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb"
    run = CliRunner().invoke(app, ["pdf", str(path), "--out", str(tmp_path / "x.pdf")])
    assert run.exit_code == 0 and (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    (tmp_path / "bad.ipynb").write_text("{")
    with pytest.raises(StaffError, match="is not a notebook that can be printed"):
        pdf.print_notebook(tmp_path / "bad.ipynb", tmp_path / "bad.pdf")
    assert not (tmp_path / "bad.pdf").exists()


def test_weasyprint_prints_and_loads_nothing(returned, tmp_path, monkeypatch):
    """From 70 on WeasyPrint has no default_url_fetcher: without Chromium no PDF came at all."""
    pytest.importorskip("weasyprint")
    monkeypatch.setattr(pdf, "BROWSERS", ())
    report = pdf.print_class(returned, "hw0-tiny", None)
    assert report.exit_code == 0 and [p.name for p in report.written] == ["hw0-tiny.pdf"] * 2
    assert report.broken == {"Doe_Jane, hw0-tiny": 1} and report.formulas == 1
    secret = tmp_path / "secret.png"
    pixel = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    )
    secret.write_bytes(pixel)
    inside = f"data:image/png;base64,{base64.b64encode(pixel).decode()}"
    with pdf.printer() as make:
        for source, shown in ((inside, True), (secret.as_uri(), False)):
            payload = make(f'<p>x</p><img src="{source}">', 'a "name"')
            assert payload.startswith(b"%PDF") and (b"/Subtype /Image" in payload) is shown


@browser
def test_the_staffs_pages_too(returned):
    with pytest.raises(StaffError, match="coursework feedback hw0-tiny --staff"):
        pdf.print_class(returned, "hw0-tiny", None, staff=True)
    staff.write(returned, "hw0-tiny", ["Roe_Rita"])
    run = CliRunner().invoke(app, ["pdf", "hw0-tiny", "--staff", "--course", str(returned.root)])
    assert run.exit_code == 0 and "1 PDF written" in run.output
    made = returned.report("hw0-tiny") / "staff" / "Roe_Rita.pdf"
    assert made.read_bytes().startswith(b"%PDF") and not list(returned.root.glob("feedback/**/*.pdf"))


def test_nothing_of_this_machine_is_printed(returned):
    import nbformat

    from coursework.returning.page import notebook_page

    path = returned.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb"
    page = notebook_page(nbformat.read(path, as_version=4), "x")
    assert not any(tag in page for tag in ("<iframe", "<script", "<img", "<link", "<object", "root:x:0"))
    assert "[a picture file:///etc/hostname that is not shown" in page  # its name is text, as the student wrote it
    assert 'class="math broken"' in page and "<svg" in page


def test_letters_that_no_font_has_are_said(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "_covered", lambda: [(0x20, 0x7E), (0x3B1, 0x3C9)])
    assert pdf.without_font("<p>Åsa &#x738B;小 α ✓ 小</p>") == "小王"
    pages = {"A": (lambda: "<p>小</p>", tmp_path / "a.pdf"), "B": (lambda: "<p>b</p>", tmp_path / "b.pdf")}
    report = pdf._print(pages, lambda page, left: b"%PDF")
    assert report.exit_code == 0 and report.lines()[0].startswith("! no font here has 小 (in A): apt-get install")
    assert len(report.lines()) == 2
    monkeypatch.setattr(pdf, "_covered", list)  # fontconfig is not there
    assert pdf.without_font("小") == ""


def test_punctuation_stays_with_its_formula():
    from coursework.returning.page import safe_markdown

    page = safe_markdown("One $x^2$; two ($y$), and $\\frac{$.")
    assert page.count('<span class="whole"><span class="math') == 3 and "</svg></span>;</span>" in page
    assert "formula-" not in page


def test_without_a_printer_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(StaffError, match="apt-get install chromium"), pdf.printer():
        pass


def test_a_browser_that_does_not_start_is_said_in_a_line():
    with (
        pytest.raises(StaffError, match=r"no PDF: /bin/false could not be started .*libatomic1"),
        pdf._chromium("/bin/false"),
    ):
        pass

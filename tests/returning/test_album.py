"""Pictures in a student's Markdown: shown as pixels whatever their spelling, or named with where the original is."""

import base64
import io
import json
import re
import time

import nbformat
import pytest
from nbformat import v4
from PIL import Image

from coursework.core.outputs import nothing_saved
from coursework.core.rubrics import Scheme
from coursework.intake.read import read
from coursework.returning.album import Album, original
from coursework.returning.formgrader import GraderView, grader_markdown, panel
from coursework.returning.page import Sheet, formulas_of, notebook_page, safe_markdown


def made(kind="PNG", colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(out, kind)
    return out.getvalue()


RED = base64.b64encode(made()).decode()
ATTACHED = {
    "my scan.png": {"text/plain": "x", "image/png": RED},
    "Plot.PNG": {"image/png": RED},
    "x.webp": {"image/webp": [RED]},
    "b\u00e4r.png": {"image/png": f"data:image/png;base64,{RED}"},
}
RECT = "<rect width='30' height='20' fill='#f00'/>"
SVG = f"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'>{RECT}</svg>"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "heads.png").write_bytes(made())
    (tmp_path / "my%20raw.png").write_bytes(made())
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "sub.png").write_bytes(made())
    (tmp_path / "Skizze-1.JPG").write_bytes(made("JPEG"))
    return tmp_path


def shown(source, folder=None):
    return safe_markdown(source, ATTACHED, Sheet(Album(folder, "submitted/x")))


def pixels(page):
    found = re.findall(r'<img [^>]*src="data:image/(?:png|jpeg);base64,([^"]*)"', page)
    assert page.count("<img") == len(found)
    return [Image.open(io.BytesIO(base64.b64decode(f))).convert("RGB").getpixel((9, 9)) for f in found]


@pytest.mark.parametrize(
    "source",
    [
        "![a](attachment:my%20scan.png)",
        "![a](<attachment:my scan.png>)",
        '<img src="attachment:my scan.png" width="300">',
        "<IMG SRC='attachment:plot.png'>",
        "<div>\n<p><img alt='a > b' src=attachment:Plot.PNG /></p>\n</div>",
        "text <img src='attachment:x.webp'/> text",
        f"![image.png](data:image/png;base64,{RED})",
        f"![image.png](data:image/png;base64,{RED[:40]}\n{RED[40:]})",
        f"![][image1]\n\n[image1]: <data:image/png;base64,{RED}>",
        f'<img src="DATA:image/jpg;base64,\n{RED[:40]}\n{RED[40:]}">',
        f'<figure><img src="data:;base64,{RED}"><figcaption>f</figcaption></figure>',
        "![h](heads.png)",
        "![h](./img/HEADS.png?raw=true)",
        r'<img src="C:\Users\me\heads.png">',
        "[![h](heads.png)](https://example.org)",
        "| a |\n|---|\n| ![h](heads.png) |",
        "![s](images/Skizze%201.jpg)",
        f"<svg width='30' height='20'>{RECT}</svg>",
        f"<svg width='30' height='20'><svg>{RECT}</svg></svg>",
        f"""<img src="data:image/svg+xml;utf8,{SVG}">""",
        "![a](attachment:my scan.png)",
        "![a](attachment:Plot.PNG =300x200)",
        '![a](attachment:Plot.PNG "title" width=300)',
        '![a](my scan.png "title")',
        f'![a](data:image/png;base64,{RED} "title")',
        f"![a](data:image/png;base64,{RED[:40]}\n{RED[40:]} 'title')",
        "![a](attachment:ba\u0308r.png)",
        "![The plot of $f(x)=x^2$ and **b**](attachment:Plot.PNG)",
        "![a](img/sub.png)",
        "![a](my%20raw.png)",
        "<picture><source srcset='attachment:x.webp'><img src='attachment:Plot.PNG'></picture>",
        "<img srcset='attachment:Plot.PNG 2x'>",
        f"<object data='data:image/png;base64,{RED}'></object>",
        "<embed src='attachment:Plot.PNG'>",
        "<input type='image' src='heads.png'>",
        "[my scan](attachment:my%20scan.png)",
        "[my plot](heads.png)",
        "[![h](heads.png)](heads.png)",
        "<a href='attachment:Plot.PNG'>here</a>",
    ],
)
def test_every_spelling_is_seen(source, folder):
    ((red, green, _),) = pixels(shown(source, folder))
    assert red > 240 and green < 20


@pytest.mark.parametrize(
    "source, said",
    [
        (
            "![a](attachment:gone.png)",
            "a picture gone.png that is not shown (it is not attached to this cell): see submitted/x",
        ),
        ("![a](https://example.org/a.png)", "https://example.org/a.png that is not shown (it is on the web"),
        ("<img src='/content/drive/MyDrive/a.png'>", "a.png that is not shown (no file of this name was submitted)"),
        ("![photo](data:image/heic;base64,AAAAGGZ0eXBoZWljAAAA)", "a picture photo that is not shown (it is a HEIC"),
        ("![b](data:image/png;base64,AAAA)", "it is not a picture that can be read"),
        (f"![a]({'x' * 3000}.png)", "is not shown (no file of this name was submitted)"),
        ("![]()", "a picture that is not shown (it has no address)"),
        ("<img>", "a picture that is not shown"),
        ("![a](../../../etc/passwd)", "passwd that is not shown (no file of this name was submitted)"),
    ],
)
def test_what_is_not_seen_is_named(source, said, folder):
    page = shown(source, folder)
    assert said in page and "<img" not in page


def test_our_own_badge_is_a_link(folder):
    badge = "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/x)"
    page = shown(badge, folder)
    assert "not shown" not in page and "<img" not in page and ">Open in Colab</a>" in page


def test_nothing_in_a_picture_runs():
    hostile = """<img src="data:text/html;base64,PHNjcmlwdD4=" onerror="alert(1)" alt="&quot;><script>a(2)</script>">
![" onerror="alert(3)](data:image/png;base64,RED)
<img src=x onerror=alert(4)//"""
    page = shown(hostile.replace("RED", RED))
    assert "<script" not in page and not re.search(r"<[^>]*\sonerror", page)


def test_a_formula_in_a_name_stays_text():
    page = shown("![of $f(x)$](attachment:Plot.PNG) ![of $g$](data:image/png;base64,AAAA)")
    assert '<img alt="of f(x)" src="data:' in page and "[a picture of g that is not shown" in page
    assert "<svg" not in page


def test_a_link_that_leads_elsewhere_is_a_link(folder):
    page = shown("[a](https://a.b/c.png) [b](paper.pdf) [c](#x) <a href='https://a.b/d.png'>d</a>", folder)
    assert page.count("<a ") == 4 and "not shown" not in page and "<img" not in page


def test_code_is_no_picture():
    page = shown("`<img src='heads.png'>` and\n\n```html\n<img src='heads.png'>\n<svg></svg>\n```\n\n`<svg></svg>`")
    assert "<img" not in page and "not shown" not in page
    assert "![a](my scan.png)</code>" in shown("`![a](my scan.png)`")


def test_a_photo_of_megabytes_takes_no_time():
    noise = Image.effect_noise((1200, 1200), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG", compress_level=0)
    body = base64.b64encode(out.getvalue()).decode()
    start = time.process_time()
    page = shown(f"![photo](data:image/png;base64,{body})\n\nThe end.")
    assert time.process_time() - start < 10 and "The end." in page
    assert len(page) < len(body) / 2


def notebook(*texts, **meta):
    return nbformat.from_dict(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": meta, "cells": [v4.new_markdown_cell(t) for t in texts]}
    )


def test_a_macro_holds_in_its_own_notebook_alone():
    own = notebook_page(
        notebook("$\\newcommand{\\R}{\\mathbb{R}}$", "$$x\\in\\R$$", "$\\def\\two#1{#1#1}\\two{\\R}$"), "n"
    )
    assert formulas_of(own) == (3, 0)
    other = notebook_page(notebook("$x\\in\\R$ and $y$"), "o")
    assert formulas_of(other) == (2, 1) and "unknown command \\R" in other
    again = notebook_page(notebook("$\\newcommand{\\R}{R}$", "$\\R$"), "n")
    assert formulas_of(again) == (2, 0)


def test_a_macro_does_not_change_the_mark_scheme():
    sheet = Sheet()
    safe_markdown("$\\renewcommand{\\frac}[2]{FULL MARKS}\\frac12$", sheet=sheet)
    assert "1D439" in safe_markdown("$\\frac12$", sheet=sheet)  # an F
    assert "1D439" not in panel("q1", Scheme([(1.0, "a")], []), "2 points: $\\frac12$")


def test_any_notebook_is_a_page():
    cells = [{"cell_type": "markdown", "source": "# Old"}, {"cell_type": "code", "source": "1+1", "metadata": {}}]
    nb = nbformat.from_dict(
        {"nbformat": 4, "nbformat_minor": 0, "metadata": {"widgets": {"x/y": {"a": 1}}}, "cells": cells}
    )
    page = notebook_page(read(json.dumps(nb).encode())[0], "n")
    assert "Old" in page and "1" in page


@pytest.mark.parametrize(
    "meta",
    [
        {"language_info": {"name": 5, "pygments_lexer": 3}, "kernelspec": "python3"},
        {"language_info": [], "kernelspec": {"display_name": "R"}},
        {"widgets": []},
    ],
)
def test_what_a_tool_says_beside_the_cells_stops_no_page(meta):
    cells = [
        {"cell_type": "code", "source": "x", "metadata": {"tags": "hide", "collapsed": 5}, "id": "!"}
        | {
            "outputs": [
                {"output_type": "stream"},
                {"output_type": "error"},
                {"output_type": "stream", "text": ["said"]},
            ]
        },
        {"cell_type": "markdown", "source": "words", "metadata": {"slideshow": 5}},
        {"cell_type": "raw", "source": "<script>raw()</script>", "metadata": {"format": "text/html"}},
    ]
    nb = {"nbformat": 4, "nbformat_minor": 2, "metadata": meta, "cells": cells}
    page = notebook_page(read(json.dumps(nb).encode())[0], "n")
    assert "said" in page and "words" in page and "<script>raw" not in page


def test_formgrader_and_the_submission_show_the_same(tiny):
    folder = tiny.submitted("Doe_Jane", "hw0-tiny")
    (folder / "handin").mkdir(parents=True)
    (folder / "handin" / "heads.png").write_bytes(made())
    (folder / "repair.json").write_text(json.dumps({"original": "original/mine.ipynb"}))
    nb = notebook("![Doe](attachment:Doe.png) ![h](heads.png) ![g](gone.png) $\\newcommand{\\R}{R}$", "$\\R$")
    nb.cells[0].attachments = {"Doe.png": {"image/png": RED}}
    page = notebook_page(nb, "n", folder / "handin", original(folder))
    resources = {
        "submission_id": "1", "student": "Doe_Jane", "last_name": "Doe", "first_name": "Jane",
        "assignment_id": "hw0-tiny", "metadata": {"path": str(tiny.root)},
    }  # fmt: skip
    for hidden in (False, True):
        view = GraderView(hide_names=hidden)
        shown, about = view.preprocess(nbformat.from_dict(nb), dict(resources))
        cells = "".join(grader_markdown({"cell": c, "resources": about}, c.source) for c in shown.cells)
        for text in (page, cells):
            assert len(pixels(text)) == 2 and "unknown command" not in text
            assert "(no file of this name was submitted): see submitted/" in text
        assert ("Doe_Jane" in cells) != hidden and "original/mine.ipynb" in cells


def test_code_for_a_human_without_any_output_says_so():
    about = {"nbgrader": {"grade": True, "solution": True, "grade_id": "q1-plot", "points": 2}}
    plot = v4.new_code_cell("plt.plot(x)", metadata=about)
    assert "no output was saved" in nothing_saved(plot)[0].text
    assert not nothing_saved(v4.new_code_cell("x"))

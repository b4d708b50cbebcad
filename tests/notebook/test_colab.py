"""What works on Colab and needs nothing of it does not cost a point in a grading run."""

import ast
import sys

import pytest

from coursework.notebook.dialect import code_tree
from coursework.notebook.restrictions import reached, refusal
from tests.support.world import CHECK


@pytest.fixture
def run(notebook, monkeypatch):
    finders, folders = list(sys.meta_path), list(sys.path)
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    yield notebook
    sys.meta_path[:], sys.path[:] = finders, folders
    for name in [n for n in sys.modules if n == "google.colab" or n.startswith("google.colab.")]:
        del sys.modules[name]


BODY = "def twice(x):\n    return 2 * x\n"


@pytest.mark.parametrize(
    "top",
    [
        "from google.colab import drive; drive.mount('/content/drive')",
        "import google.colab\nfrom google.colab import files\nnames = files.upload()",
        "from google.colab import output\noutput.clear()\nwith output.use_tags('some'):\n    pass",
        "from google.colab import userdata as u\ntry:\n    u.get('K')\nexcept u.SecretNotFoundError:\n    pass",
        "from google.colab.patches import cv2_imshow\ncv2_imshow([[0]])",
        "from google.colab import runtime\nruntime.unassign()",
        "!pip install -q torchinfo",
        "!python -m pip install einops==0.8",
        "!apt-get -qq install graphviz",
        "%pip install -q einops",
        "%conda install numpy",
        "%tensorflow_version 2.x",
        "%load_ext google.colab.data_table",
        "%load_ext autotime",
        "%%heat",
        "%%memray_flamegraph --native",
        "%%time",
    ],
)
def test_colabs_habits_on_top_of_an_answer_cost_nothing(run, top):
    assert run(f"{top}\n{BODY}").success
    assert run(CHECK).success and "twice" in ast.unparse(code_tree(f"{top}\n{BODY}"))


def test_what_is_passed_over_is_said(run, capsys):
    run("!pip install nothing-of-this-name\n%of_theirs 3\n%load_ext not_there")
    said = capsys.readouterr().out
    assert "!pip install nothing-of-this-name is passed over: the grader installs nothing." in said
    assert "%of_theirs is passed over" in said and "%load_ext not_there is passed over: No module named" in said


def test_other_commands_and_magics_run_as_they_are(run, capfd):
    assert run("%time timed = 4\nsaid = !echo pip install\n%env MINE=3\nimport os; mine = os.environ['MINE']").success
    assert run.names["said"] == ["pip install"] and run.names["mine"] == "3"
    assert run.names["timed"] == 4 and run("%%time\nlater = timed + 1").success and run.names["later"] == 5
    assert not run("%run nowhere.py").success or "not found" in capfd.readouterr().err


def test_a_module_written_by_a_cell_or_handed_in_can_be_imported(run, tmp_path, monkeypatch):
    (tmp_path / "handin").mkdir()
    (tmp_path / "handin" / "my_layers.py").write_text("WIDTH = 7\n")
    monkeypatch.chdir(tmp_path)
    run("pass")
    assert run("%%writefile my_tools.py\ndef double(x):\n    return 2 * x\n").success
    assert run("from my_tools import double\nfrom my_layers import WIDTH\nmine = double(WIDTH)").success
    assert run.names["mine"] == 14


def test_no_import_of_anything_else_is_caught(run):
    assert not run("import google.of_no_one").success and not run("import of_no_one").success


@pytest.mark.parametrize("magic", ["%%heat", "%%time", "%%capture out", "%%some_profiler --fast"])
def test_rules_read_the_lines_below_a_magic_that_lets_them_run(magic):
    source = f"{magic}\nimport torch\ndef f(x):\n    return torch.relu(x).backward()\n"
    assert refusal(source) and "uses backward" in reached(source, ("backward",))


@pytest.mark.parametrize("magic", ["%%bash", "%%writefile a.py", "%%html", "%%javascript"])
def test_other_languages_are_not_read_as_python(magic):
    assert ast.unparse(code_tree(f"{magic}\nbackward; (unbalanced\n")) == "pass"


@pytest.mark.parametrize(
    "cell",
    [
        "    def twice(x):\n        return 2 * x\n",
        "\n\n  # mine\n  def twice(x):\n      return 2 * x\n",
        ">>> def twice(x):\n...     return 2 * x\n",
        "In [3]: def twice(x):\n   ...:     return 2 * x\n",
        "%pip install -q \\\n    einops\ndef twice(x):\n    return 2 * x\n",
        "import math\n!echo \\\n  a \\\n  b\ndef twice(x):\n    return 2 * x\n",
        "def twice(x):\n    return 2 * x\n%time twice( \\\n    3)\n",
        "def twice(x):\n    return 2 * x\ntwi*?\ntwice?\n",
        "%%time\n%%capture\ndef twice(x):\n    return 2 * x\n",
    ],
)
def test_what_ipython_runs_can_be_read(run, cell):
    assert run(cell).success and run(CHECK).success
    assert not reached(cell, ("cumsum",)) and not refusal(cell.replace("!echo", "%pip"))


@pytest.mark.parametrize("cell", ["x = 1\n    y = 2\n", ">>> 1 +\n", "%time f(\\\n  torch.relu(\n"])
def test_what_ipython_does_not_run_is_refused_with_a_sentence(run, cell):
    assert not run(cell).success
    assert "cannot be read" in refusal(cell) or "line" in refusal(cell)


def test_lines_keep_their_numbers_and_hide_nothing():
    assert "line 3 uses relu" in reached("\n\n  y = relu(x)\n", ("relu",))
    assert "line 1 uses relu" in reached("%time relu( \\\n    x)\n", ("relu",))
    assert "line 2 uses relu" in reached(">>> def f(x):\n...     return relu(x)\n", ("relu",))

"""The stand-in for Colab is what it claims to be."""

import json

import nbformat
import pytest
import torch
from nbclient import NotebookClient

from tests.support.colab import colab_kernel

CODE = """
import importlib.util, json, os
import IPython, ipykernel, matplotlib, numpy, torch, torchvision, tqdm
found = importlib.util.find_spec("coursework") is not None
print(json.dumps([IPython.__version__, ipykernel.__version__, found, torch.__version__, os.getcwd()]))
"""
PLOT = """
import matplotlib.pyplot as plt
plt.plot(torch.arange(3).numpy())
plt.xlabel("step")
plt.show()
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run(*code cells) → the outputs of the cells, run in a kernel as on Colab, in an empty folder."""
    kernel, path = colab_kernel()
    monkeypatch.setenv("JUPYTER_PATH", str(path))

    def run(*cells: str) -> list:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        NotebookClient(notebook, kernel_name=kernel, timeout=120, resources={"metadata": {"path": tmp_path}}).execute()
        return [cell.outputs for cell in notebook.cells]

    return run


def test_versions_libraries_and_an_inline_plot(run, tmp_path):
    (versions,), plot = run(CODE, PLOT)
    ipython, ipykernel, has_coursework, torch_version, folder = json.loads(versions.text)
    assert (ipython, ipykernel) == ("7.34.0", "6.17.1")
    assert not has_coursework
    assert torch_version == torch.__version__
    assert folder == str(tmp_path)
    assert [output.output_type for output in plot] == ["display_data"]
    assert "image/png" in plot[0].data

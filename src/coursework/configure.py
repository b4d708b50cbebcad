"""Wire coursework into nbgrader through nbgrader's own extension points; nbgrader_config.py calls `configure`."""

from pathlib import Path

from nbgrader import preprocessors as nb
from traitlets.config import Config


def configure(c: Config) -> None:
    """Set the preprocessors of generate_assignment, autograde and generate_feedback in `c`.

    After this, `nbgrader generate_assignment`, `nbgrader autograde`, `nbgrader generate_feedback` and formgrader's
    buttons do what `coursework release`, `autograde` and `feedback` do, one notebook after the other.
    """
    from coursework.authoring import leaks, preprocessors
    from coursework.core import brackets, deadlines
    from coursework.core.files import share_with_group
    from coursework.grading import gradebook, history, plugins, recording
    from coursework.grading import preprocessors as steps
    from coursework.returning import feedback, formgrader
    from coursework.sandbox import execute

    brackets.allow()
    share_with_group(Path.cwd())  # nbgrader's commands and its server run in the course folder
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".DS_Store", "verdict.json"]

    c.ClearMarkScheme.enforce_metadata = False  # ours are in the locked question cell above the answer
    c.GenerateAssignment.preprocessors = [
        preprocessors.DrawNumbers,
        preprocessors.InlineHelpers,
        nb.IncludeHeaderFooter,
        nb.LockCells,
        preprocessors.StubSolutions,
        nb.ClearOutput,
        nb.CheckCellMetadata,
        nb.ComputeChecksums,
        nb.SaveCells,
        nb.ClearHiddenTests,
        nb.ClearMarkScheme,
        preprocessors.TrimHelpers,
        preprocessors.MarkRelease,
        nb.ComputeChecksums,
        nb.CheckCellMetadata,
        leaks.RefuseLeaks,
    ]

    c.Autograde.exporter_class = recording.GradingExporter
    c.Execute.kernel_name = execute.KERNEL
    c.Autograde.sanitize_preprocessors = [
        nb.ClearOutput,
        nb.DeduplicateIds,
        steps.OverwriteFromGradebook,
        steps.CheckMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        execute.SandboxExecute,
        gradebook.RecordRun,
        nb.LimitOutput,
        steps.LatePenalties,
        steps.CheckMetadata,
    ]
    c.AssignLatePenalties.plugin_class = deadlines.LateDays
    c.ZipCollectApp.extractor_plugin = plugins.CollectArchive
    c.ZipCollectApp.collector_plugin = plugins.CollectedFile
    c.ExchangeFactory.collect = plugins.CollectInbox
    history.listen()
    feedback.configure(c)
    formgrader.configure(c)

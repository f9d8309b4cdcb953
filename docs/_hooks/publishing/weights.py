"""Recorded weights on the site: pages that run a model fetch them."""

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from publishing.published import root_of
from reading.files import files_below
from reading.weights import SUFFIX, weights_problem

FOLDER = "assets/weights"


def publish(files: Files, config) -> None:
    """Add all recorded weights to the files of a site.

    Raises:
        PluginError: some were trained by other code than that which is published.
    """
    snippets = root_of(config) / "snippets"
    for file in files_below(snippets, f"*{SUFFIX}"):
        path = file.relative_to(snippets)
        problem = weights_problem(root_of(config), path.with_suffix(".py").as_posix())
        if problem:
            raise PluginError(f"{problem}; nothing is published")
        address = f"{FOLDER}/{path.as_posix()}"
        files.append(File.generated(config, address, abs_src_path=str(file)))

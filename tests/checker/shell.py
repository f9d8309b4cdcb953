"""Runs sections as the cells of a notebook: in IPython, as Jupyter's kernel does."""

import ast
import traceback
import types
from collections.abc import Iterator
from pathlib import Path

from IPython.core.compilerop import CachingCompiler
from IPython.core.inputtransformer2 import leading_indent
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from checker.advice import advice, told
from reading.sections import Section


class Compiler(CachingCompiler):
    """Compiles a section under the name of its snippet, with the lines it has there."""

    file = "setup"
    before = 0  # how many lines of the snippet stand before the section

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """Return the name that a traceback shows."""
        return self.file

    def ast_parse(self, source: str, filename: str = "", symbol: str = "exec"):
        """Parse a section, as IPython asks."""
        try:
            tree = super().ast_parse(source, self.file, symbol)
        except SyntaxError as error:
            error.lineno = (error.lineno or 1) + self.before
            raise
        return ast.increment_lineno(tree, self.before)


class Shell(InteractiveShell):
    """IPython without what is for people: history, tracebacks, a prompt."""

    def __init__(self, main: types.ModuleType, ipython: str, **settings) -> None:
        super().__init__(
            config=Config(HistoryManager={"enabled": False}),
            compiler_class=Compiler,
            ast_node_interactivity="none",  # a page shows what is printed, nothing else
            ipython_dir=ipython,
            user_module=main,
            **settings,
        )
        # A section that is indented is part of a class; a script would not run it.
        self.input_transformer_manager.cleanup_transforms.remove(leading_indent)

    def init_virtualenv(self) -> None:
        """Run in this Python, as Jupyter's kernel does."""

    def showtraceback(self, *args, **kwargs) -> None:
        """Print nothing: the error is described."""

    showsyntaxerror = showindentationerror = showtraceback

    def ask_exit(self) -> None:
        """Let ``exit()`` be the exception that it is in a script."""
        raise SystemExit

    def write_modules(self, cells: list[str]) -> None:
        """Run the cells at the top of a notebook, which write modules of ours.

        From then on there are no commands of IPython, as a script has none.

        Raises:
            OSError: they cannot be written.
        """
        for cell in cells:
            self.run_cell(cell).raise_error()
        self.input_transformer_manager.line_transforms.clear()
        self.input_transformer_manager.token_transformers.clear()

    def section(self, root: Path, section: Section) -> str:
        """Run one section; return what it raised, described, or nothing."""
        file = str(root / "snippets" / section.path)
        self.compile.file, self.compile.before = file, section.line - 1
        result = self.run_cell(section.text)
        error = result.error_before_exec or result.error_in_exec
        return describe(root, section, error) if error else ""


def describe(root: Path, section: Section, error: BaseException) -> str:
    """Say what was raised, on which line of the snippet, and what to do."""
    file = root / "snippets" / section.path
    raised = [(f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        raised.append((error.filename, error.lineno))
    lines = [line for name, line in raised if name == str(file)]
    where = lines[-1] if lines else section.line
    code = file.read_text(encoding="utf-8").split("\n")[where - 1].strip()
    parts = [
        f"the code of {section} raises {told(error)}",
        f"snippets/{section.path}:{where}: {code}",
        *_in_module(root, section, raised[-1:]),
        advice(root, section, error),
    ]
    return "\n  ".join(filter(None, parts))


def _in_module(
    root: Path, section: Section, raised: list[tuple[str, int]]
) -> Iterator[str]:
    """Name the line of a module of ours that raised, of which a notebook wrote a copy."""
    for name, number in raised:
        copy = Path(name or "")
        module = Path(section.path).with_name(copy.name)
        file = root / "snippets" / module
        if copy.parent != Path.cwd() or not file.is_file():
            continue
        code = copy.read_text(encoding="utf-8").split("\n")[number - 1].strip()
        lines = file.read_text(encoding="utf-8").split("\n")
        # The copy has one line more at its top, and no marks of sections.
        for line in range(max(number - 1, 1), len(lines) + 1):
            if lines[line - 1].strip().startswith(code):
                yield f"snippets/{module.as_posix()}:{line}: {code}"
                return

"""Why code does something else when it runs again, and what to do about it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from reading.imports import imported, names_in
from reading.sections import Section

# How the generators of each package are seeded.
SEEDS = {
    "torch": "torch.manual_seed(0)",
    "numpy": "numpy.random.seed(0)",
    "random": "random.seed(0)",
}
CLOCKS = {"time", "datetime", "timeit"}
ASK = set(
    "time time_ns perf_counter perf_counter_ns monotonic monotonic_ns process_time"  # noqa: SIM905
    " process_time_ns thread_time localtime gmtime ctime asctime strftime now utcnow today"
    " timeit repeat default_timer".split()
)
# Without an argument each of these takes a seed from the system.
UNSEEDED = "default_rng PCG64 MT19937 Philox SFC64 RandomState Random seed".split()  # noqa: SIM905
SEEDLESS = "SystemRandom uuid1 uuid4 urandom token_bytes token_hex randbits".split()  # noqa: SIM905
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")


def cause(
    root: Path, sections: tuple[Section, ...], printed: str, is_seed: bool
) -> str:
    """Say why a section does something else when it runs again, and what to do.

    Args:
        root: the folder that holds snippets/.
        sections: the section, last, and those that ran before it.
        printed: what it printed.
        is_seed: whether with the same seeds it does the same again.
    """
    if is_seed:
        files = {file for each in sections for file in imported(root, each.path)}
        names = {
            name.partition(".")[0]
            for file in files
            for name in names_in((root / "snippets" / file).read_bytes())
        }
        how = " or ".join(code for name, code in SEEDS.items() if name in names)
        return "set its seed in the snippet" + (f": {how}" if how else "")
    return suspect(root, sections, printed) or (
        "it does so with the same seeds too: look for a clock, a generator without a"
        " seed, id(), threads, or files in no order"
    )


def suspect(root: Path, sections: tuple[Section, ...], printed: str) -> str:
    """Say what in some code nobody knows before; nothing if nothing is seen.

    The arguments are those of `cause`.
    """
    for where, name, kind in _suspects(root, sections):
        if kind == "clock":
            return f"it asks the clock ({where}); print nothing that depends on time"
        if kind == "seedless":
            return f"{name} has no seed ({where}); use random.Random(0)"
        return f"{name}() has no seed ({where}); write {name}(0)"
    if ADDRESS.search(printed):
        return "it prints an address in memory; leave that out"
    return ""


def _suspects(
    root: Path, sections: tuple[Section, ...]
) -> Iterator[tuple[str, str, str]]:
    """Calls whose results nobody knows before: where, which, of what kind.

    Those of the last section come first, then those before it, then those of modules.
    """
    code = [(each.path, each.line, each.text) for each in reversed(sections)]
    modules = dict.fromkeys(m for s in sections for m in imported(root, s.path)[1:])
    code += [(m, 1, (root / "snippets" / m).read_text("utf-8")) for m in modules]
    clocks: dict[str, str] = {}
    for _, _, text in code:
        clocks |= _names_of_clocks(text)
    for path, first, text in code:
        for call in _calls(text):
            name = ast.unparse(call.func)
            top, last = name.partition(".")[0], name.rpartition(".")[2]
            line = first + call.lineno - 1
            where = f"snippets/{path}:{line}: {text.split(chr(10))[call.lineno - 1].strip()}"
            asked = last if "." in name else clocks.get(top)
            if top in clocks and asked in ASK:
                yield where, name, "clock"
            elif last in UNSEEDED and not call.args and not call.keywords:
                yield where, name, "unseeded"
            elif last in SEEDLESS:
                yield where, name, "seedless"


def _names_of_clocks(text: str) -> dict[str, str]:
    """Names by which some code calls modules of clocks and what is in them."""
    names = {}
    for node in ast.walk(_parsed(text)):
        if isinstance(node, ast.Import):
            found = [alias for alias in node.names if alias.name in CLOCKS]
        elif isinstance(node, ast.ImportFrom) and node.module in CLOCKS:
            found = node.names
        else:
            continue
        names |= {alias.asname or alias.name: alias.name for alias in found}
    return names


def _calls(text: str) -> list[ast.Call]:
    """Calls in some code, in their order."""
    found = [node for node in ast.walk(_parsed(text)) if isinstance(node, ast.Call)]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError:  # part of a class
        return ast.Module([], [])

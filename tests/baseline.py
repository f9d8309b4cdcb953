"""What Baseline does not call widely available: which styles use it, and browsers without it.

The names stand in baseline.json. To renew it: `npm pack web-features`, unpack, and
`python tests/baseline.py package/data.json package/package.json`.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import Declaration, FunctionBlock, IdentToken, ParenthesesBlock

DATA = Path(__file__).with_suffix(".json")
# Syntax has no names. Each stops the whole script in a browser that cannot read it, and a
# lookbehind does so in Safari before 16.4, which many phones have.
SYNTAX = {
    "lookbehind in a regular expression": r"\(\?<[=!]",
    "modifiers in a regular expression": r"\(\?[ims]*-?[ims]+:",
    "regular expression with the flag v": r"/[dgimsy]*v[dgimsy]*[,;.)\s]",
    "top-level await": r"^(?:await\b|(?:const|let) .*= await\b)",
    "import attributes": r"^import .* with \{",
    "using": r"^\s*(?:await )?using \w+ =",
}
# Takes a browser everything that is not widely available, and roles and names that are set
# as properties, which Firefox before 119 has not: the names are those of interfaces and of
# their members.
WITHOUT = """names => {
  const reflected = Object.keys(Element.prototype).filter(n => /^(role|aria.+)$/.test(n))
  for (const name of [...names, ...reflected.map(n => `Element.${n}`)]) {
    const [owner, member] = name.split(".")
    if (!member) delete window[owner]
    else for (const place of [window[owner], window[owner]?.prototype])
      try { delete place[member] } catch {}
  }
}"""


def without_newer() -> str:
    """Return a script that takes a browser what is not widely available."""
    return f"({WITHOUT})({json.dumps(read()['scripts'])})"


def read() -> dict:
    """Return the names of what is not widely available, by kind."""
    return json.loads(DATA.read_text("utf-8"))


def make(features: dict, version: str) -> dict:
    """Return the names of what is not widely available, by kind."""
    found = defaultdict(set)
    for feature in features.values():
        if "discouraged" in feature:
            continue  # it is old
        for key, status in feature.get("status", {}).get("by_compat_key", {}).items():
            root, kind, *path = key.split(".")
            if status["baseline"] == "high" or key.endswith("_event"):
                continue
            if root == "api" and len(path) < 2:
                found["scripts"].add(".".join([kind, *path]).removesuffix("_static"))
            elif kind == "builtins" and len(path) < 3:
                found["scripts"].add(".".join(path))
            elif root == "css":
                found[kind].add(".".join(path))
    scripts = found["scripts"]  # of an interface that is too new no members are needed
    found["scripts"] = {n for n in scripts if n.partition(".")[0] not in scripts - {n}}
    source = f"web-features {version}, Apache-2.0"
    return {"source": source} | {kind: sorted(found[kind]) for kind in sorted(found)}


def newer_syntax(code: str) -> list[str]:
    """Return the syntax of a script, or of a regular expression, that is too new."""
    return [name for name, pattern in SYNTAX.items() if re.search(pattern, code, re.M)]


def newer_style(css: str) -> set[str]:
    """Return what a style sheet uses that is not widely available, but after @supports."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    data = {kind: set(names) for kind, names in read().items()}
    return set(_newer_in_rules(rules, data))


def _newer_in_rules(rules: list, data: dict) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword == "supports":
            continue
        prelude = tinycss2.serialize(rule.prelude)
        if rule.type == "at-rule":
            asked = {
                f"{rule.at_keyword}.{f}" for f in re.findall(r"\(([\w-]+)", prelude)
            }
            for name in sorted({rule.at_keyword, *asked} & data["at-rules"]):
                yield f"@{name}"
            inner = tinycss2.parse_blocks_contents(rule.content or [])
        else:
            for name in re.findall(r"::?([\w-]+)", prelude):
                if name in data["selectors"]:
                    yield f":{name}"
            inner = tinycss2.parse_blocks_contents(rule.content)
        for part in inner:
            if isinstance(part, Declaration):
                yield from _newer_in_declaration(part, data)
        nested = [part for part in inner if part.type in ("qualified-rule", "at-rule")]
        yield from _newer_in_rules(nested, data)


def _newer_in_declaration(declaration: Declaration, data: dict) -> Iterator[str]:
    name = declaration.lower_name
    if name in data["properties"]:
        yield name
    functions = {key.rpartition(".")[2] for key in data["types"]}
    for token in _tokens(declaration.value):
        if (
            isinstance(token, IdentToken)
            and f"{name}.{token.value}" in data["properties"]
        ):
            yield f"{name}: {token.value}"
        if isinstance(token, FunctionBlock) and token.lower_name in functions:
            yield f"{token.lower_name}()"


def _tokens(values: list) -> Iterator:
    for token in values:
        yield token
        if isinstance(token, FunctionBlock):
            yield from _tokens(token.arguments)
        elif isinstance(token, ParenthesesBlock):
            yield from _tokens(token.content)


if __name__ == "__main__":
    features, package = (json.loads(Path(p).read_text("utf-8")) for p in sys.argv[1:])
    made = make(features["features"], package["version"])
    DATA.write_text(json.dumps(made, indent=0) + "\n", "utf-8")

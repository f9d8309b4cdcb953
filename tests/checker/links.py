"""Whether the links and images of a page lead somewhere."""

import posixpath
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from reading.files import files_below
from reading.model import ARCHIVE, CHINESE, Page, figure_of
from reading.pages import page_paths, read_page
from reading.problems import Problem, did_you_mean


def target_of(page: Page, link: str) -> str | None:
    """Where a link of the page leads, relative to docs/; None if it leaves the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    here = PurePosixPath(page.path).parent.relative_to("docs")
    steps: list[str] = []
    for step in (here / unquote(parts.path)).parts if parts.path else ():
        if step == ".." and steps and steps[-1] != "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def link_problems(root: Path, page: Page) -> list[Problem]:
    """Say what is wrong with the links of a page."""
    checked = Page(root, page.path, page.text)
    check_links(root, page, checked)
    return checked.problems


def check_links(root: Path, page: Page, checked: Page) -> None:
    """Note what is wrong with the links of a page.

    Args:
        root: the folder that holds docs/.
        page: the page.
        checked: gets the problems.
    """
    sources = {image.target for image in page.images}
    for block in page.blocks:
        for link in block.links:
            parts = urlsplit(link)
            target = target_of(page, link)
            if target is None:
                if link in sources:
                    checked.problem(
                        block.line,
                        f"the image {link} comes from another host; keep it here",
                    )
                continue
            if target.startswith("_") or "/_" in target:
                checked.problem(
                    block.line, f"the link {link} leads to what is not published"
                )
                continue
            if link.startswith("/") or target.startswith(".."):
                checked.problem(
                    block.line,
                    f"the link {link} must be relative and stay inside docs/",
                )
                continue
            if target.endswith(CHINESE):
                checked.problem(
                    block.line,
                    f"link {link} without .zh: a Chinese page leads to Chinese pages by"
                    " itself",
                )
                continue
            other = page
            if target == ARCHIVE:  # the build makes it
                continue
            if target:
                path = f"docs/{target}"
                if page.chinese and target.endswith(".md"):
                    path = path.removesuffix(".md") + CHINESE
                if not (root / path).is_file():
                    pair = Page(root, path, "").sibling
                    if path.endswith(".md") and (root / pair).is_file():
                        continue  # told there: it lacks the page beside it
                    told = f"the link {link} leads to {path}, which does not exist"
                    if target in [figure_of(e.section) for e in page.examples]:
                        told += "; run make record, which draws it"
                        checked.problem(block.line, told, recorded=True)
                    else:
                        meant = _meant(page, link, target)
                        told += f"; {meant}" if meant else ""
                        checked.problem(block.line, told)
                    continue
                other = read_page(root, path) if path.endswith(".md") else None
            # A heading without an id is told at its page.
            known = other and not other.unread and "" not in other.ids
            if parts.fragment and known and parts.fragment not in other.ids:
                meant = did_you_mean(
                    f"#{parts.fragment}", [f"#{id_}" for id_ in other.ids]
                )
                checked.problem(
                    block.line,
                    f"the link {link} leads to the heading {{#{parts.fragment}}}, which"
                    f" {other.path} does not have" + (f"; {meant}" if meant else ""),
                )


def _meant(page: Page, link: str, target: str) -> str:
    """Ask for the file that a link must mean, if one is near."""
    root = page.root
    files = [figure_of(e.section) for e in page.examples if e.figure == target]
    if target.endswith(".md"):
        files = [path for path in page_paths(root) if not path.endswith(CHINESE)]
    elif not files:
        beside = files_below((root / "docs" / target).parent)
        files = [file.relative_to(root / "docs").as_posix() for file in beside]
    here = posixpath.dirname(page.path.removeprefix("docs/"))
    links = [posixpath.relpath(f.removeprefix("docs/"), here or ".") for f in files]
    return did_you_mean(urlsplit(link).path, links)

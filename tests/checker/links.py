"""Whether the links and images of a page lead somewhere."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from reading.model import ARCHIVE, CHINESE, FIGURES, Page
from reading.pages import read_page


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
                    checked.problem(
                        block.line,
                        f"the link {link} leads to {path}, which does not exist",
                        recorded=target.startswith(FIGURES),
                    )
                    continue
                other = read_page(root, path) if path.endswith(".md") else None
            if parts.fragment and other and parts.fragment not in other.ids:
                checked.problem(
                    block.line,
                    f"the link {link} leads to the heading {{#{parts.fragment}}}, which"
                    f" {other.path} does not have",
                )

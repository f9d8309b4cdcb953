"""What one section of a page's code did when it ran."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What one section did.

    Attributes:
        raw: all it printed.
        figures: the figures it showed, as SVG.
        error: what is wrong with the code itself, if anything is.
        weights: of the last section, what modules trained anew, by their path.
        rounded: the numbers that it rounded to print them, as they were before.
    """

    raw: str = ""
    figures: list[bytes] = field(default_factory=list)
    error: str = ""
    weights: dict[str, bytes] = field(default_factory=dict)
    rounded: list[float] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """What it printed as a page shows it: no spaces at the ends of lines."""
        lines = [line.rstrip() for line in self.raw.split("\n")]
        text = "\n".join(lines).rstrip("\n")
        return f"{text}\n" if text.strip() else ""

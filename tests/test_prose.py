"""Marks of the prose of a page, by which both languages are paired."""

from html.parser import HTMLParser

from built import build, small_project
from publishing.prose import disagreement, mark_blocks
from reading.pages import read_page


class Marked(HTMLParser):
    """The text of each marked block."""

    def __init__(self, html):
        super().__init__()
        self.depth, self.found = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag != "img":
            self.depth.append("data-prose" in dict(attributes))
            if self.depth[-1]:
                self.found.append("")

    def handle_endtag(self, tag):
        self.depth.pop()

    def handle_data(self, data):
        if any(self.depth):
            self.found[-1] += data


def test_marks_of_lists_cells_titles_and_images():
    html = """<h2 id="a">A <em>b</em><a class="headerlink" href="#a">#</a></h2>
<ul>
<li>tight <code>x</code><ul>
<li><a href="y">inner</a></li>
</ul>
</li>
<li>
<p>loose</p>
</li>
</ul>
<details class="note"><summary>Sum</summary><p>In <b>it</b></p></details>
<div class="admonition"><p class="admonition-title">Title</p></div>
<table><tr><th>h</th><td></td></tr></table>
<p><img alt="What &quot;one&quot; sees." src="a.svg"></p>
<figcaption>Blue: <b>x</b></figcaption>
<pre><code>&lt;p&gt;no</code></pre><math><mtd><mi>p</mi></mtd></math>"""
    marked, blocks = mark_blocks(html)
    assert [(block.kind, block.html) for block in blocks] == [
        ("heading", "A <em>b</em>"),
        ("paragraph", "tight <code>x</code>"),
        ("paragraph", '<a href="y">inner</a>'),
        ("paragraph", "loose"),
        ("title", "Sum"),
        ("paragraph", "In <b>it</b>"),
        ("title", "Title"),
        ("cell", "h"),
        ("cell", ""),
        ("image", "What &quot;one&quot; sees."),
        ("caption", "Blue: <b>x</b>"),
    ]
    found = Marked(marked).found
    assert found[:3] == ["A b#", "tight x", "inner"] and len(found) == len(blocks)
    plain = marked.replace(" data-prose", "").replace("<span>", "")
    assert plain.replace("</span>", "") == html


def test_a_source_that_is_published_as_something_else_is_told(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# A {#a}\n\nOne.\n\n![x](b.svg)\n")
    page = read_page(tmp_path, "docs/a.md")
    _, blocks = mark_blocks('<h1>A</h1><p>One.</p><p><img alt="x" src="b.svg"></p>')
    assert disagreement(page, blocks) is None
    # A notebook draws what its source does not hold.
    assert disagreement(page, [*blocks, blocks[-1]]) is None
    assert disagreement(page, blocks[:1]) == (
        "docs/a.md: 2 blocks of text are published as 1"
    )
    assert disagreement(page, blocks[::-1]) == (
        "docs/a.md:1: this heading is published as a paragraph"
    )


def test_pages_that_cannot_be_paired_fail_the_build(tmp_path):
    project = small_project(tmp_path / "project", "# A {#a}\n\nOne.\n", "# 一 {#a}\n")
    result = build(project, tmp_path / "site", "http://127.0.0.1/")
    assert result.returncode != 0
    assert "index.html: the Chinese page has not the same blocks" in result.stderr

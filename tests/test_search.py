"""Search in a real browser: the right page first, and only the reader's language."""

import pytest
from material.plugins.search.plugin import Parser
from playwright.sync_api import expect

from publishing.search import without_colours

LESSON = "line/descent/"


def results(tab, query):
    """Type a query as a reader does; return the addresses of the pages found."""
    tab.keyboard.press("/")
    box = tab.locator(".md-search__input")
    box.fill("")
    expect(tab.locator(".md-search-result__item")).to_have_count(0)
    box.fill(query)
    tab.locator(".md-search-result__item").first.wait_for()
    links = tab.locator(".md-search-result__item > a:first-child")
    return links.evaluate_all("links => links.map(link => link.href.split('#')[0])")


# What readers type, and the page that they want, by the page that they are on.
QUERIES = {
    "": {
        "gradient": "steps/backward/",
        "gradient descent": LESSON,
        "torch.optim.SGD": "line/sgd/",
        "backpropagation": "line/autograd/",
        "least squares": "line/misfit/",
        "momentum": "steps/update/",
        "softmax": "steps/forward/",
        "overfitting": "steps/validate/",
        "confusion matrix": "steps/validate/",
        "tokenizer": "language-model/tokens/",
        "saliency": "labs/looking/",
        "temperature": "language-model/generate/",
        "torchrun": "language-model/parallel/",
        "precision recall": "steps/metrics/",
        "loss nan": "mistakes/",
        "backward through the graph a second time": "mistakes/",
    },
    LESSON: {"walk downhill": LESSON},
    "zh/": {
        "梯度": "zh/steps/backward/",
        "反向传播": "zh/steps/backward/",
        "torch.optim.SGD": "zh/line/sgd/",
        "激活函数": "zh/line/curve/",
        "学习率调度": "zh/steps/iterate/",
        "微调": "zh/steps/deploy/",
        "显著性图": "zh/labs/looking/",
        "训练不动": "zh/steps/debug/",
        "损失不下降": "zh/mistakes/",
        "暂退法": "zh/about/glossary/",
        "汇聚层": "zh/about/glossary/",
        "键值缓存": "zh/language-model/generate/",
        "多个处理器": "zh/language-model/parallel/",
    },
    f"zh/{LESSON}": {"梯度下降": f"zh/{LESSON}"},
}


@pytest.mark.parametrize("path", QUERIES)
def test_query_finds_its_page_first(visit, site, subtests, path):
    tab = visit(path)
    language = "zh" if path.startswith("zh/") else "en"
    others = {page.url for page in site.pages if page.language != language}
    for query, first in QUERIES[path].items():
        with subtests.test(query=query):
            found = results(tab, query)
            assert found[0] == site.address + first
            assert not others & set(found)


@pytest.mark.parametrize("path", ["", "zh/"])
def test_every_page_is_found_first_by_its_title(visit, site, subtests, path):
    tab = visit(path)
    language = site.page(path).language
    for page in site.pages:
        if page.language == language:
            title = page.all("h1")[0].text.removesuffix("¶")
            with subtests.test(page=page.path, title=title):
                assert results(tab, title)[0] == page.url


def test_index_is_fetched_once_when_search_is_opened(visit):
    tab = visit(LESSON)
    tab.wait_for_load_state("networkidle")
    assert not any("search_index" in url or "min.js?" in url for url in tab.requests)
    with tab.expect_request("**/search/search_index.json"):
        tab.keyboard.press("/")


def test_result_leads_to_the_page(visit, site):
    tab = visit(f"zh/{LESSON}")
    results(tab, "术语表")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{site.address}zh/about/glossary/")


def test_words_of_no_page_find_nothing(visit):
    tab = visit("zh/")
    for query in ("饕餮", "zyzzyva"):
        tab.keyboard.press("/")
        tab.locator(".md-search__input").fill(query)
        expect(tab.locator(".md-search-result__meta")).to_have_text("没有找到")
        tab.keyboard.press("Escape")


def test_the_colours_of_code_are_nothing_to_search(site):
    def sections(html):
        parser = Parser()
        parser.feed(html)
        return [
            ("".join(each.title), "".join(each.text), each.is_excluded())
            for each in parser.data
        ]

    for page in site.pages:
        article = page.html.partition("<article")[2].partition("</article>")[0]
        plain = without_colours(article)
        assert (plain != article) == ("<pre>" in article)  # each has such tags
        assert sections(plain) == sections(article)

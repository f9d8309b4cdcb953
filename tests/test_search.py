"""Search in a real browser: the right page first, and only the reader's language."""

import pytest
from playwright.sync_api import expect

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
    return [link.evaluate("link => link.href.split('#')[0]") for link in links.all()]


@pytest.mark.parametrize(
    ("path", "query", "first"),
    [
        ("", "gradient", "steps/backward/"),
        ("", "gradient descent", LESSON),
        ("", "torch.optim.SGD", "line/sgd/"),
        (LESSON, "walk downhill", LESSON),
        ("zh/", "梯度", "zh/steps/backward/"),
        (f"zh/{LESSON}", "梯度下降", f"zh/{LESSON}"),
        ("zh/", "反向传播", "zh/steps/backward/"),
        ("", "backpropagation", "line/autograd/"),
        ("zh/", "torch.optim.SGD", "zh/line/sgd/"),
        ("", "least squares", "line/misfit/"),
        ("zh/", "激活函数", "zh/line/curve/"),
        ("", "momentum", "steps/update/"),
        ("", "softmax", "steps/forward/"),
        ("", "overfitting", "steps/validate/"),
        ("", "confusion matrix", "steps/validate/"),
        ("zh/", "学习率调度", "zh/steps/iterate/"),
        ("zh/", "微调", "zh/steps/deploy/"),
        ("", "tokenizer", "about/glossary/"),
        ("", "saliency", "labs/looking/"),
        ("zh/", "显著图", "zh/labs/looking/"),
    ],
)
def test_query_finds_its_page_first(visit, site, path, query, first):
    found = results(visit(path), query)
    assert found[0] == site.address + first
    language = "zh/" if path.startswith("zh/") else ""
    others = {
        page.url for page in site.pages if (page.language == "zh") != bool(language)
    }
    assert not others & set(found)


def test_every_page_is_found_first_by_its_title(visit, site, subtests):
    for language in ("en", "zh"):
        tab = visit("" if language == "en" else "zh/")
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

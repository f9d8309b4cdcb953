"""Search in a real browser: what people ask for comes first, and is read in a few lines."""

import re
from pathlib import Path

import pytest
from material.plugins.search.plugin import Parser
from playwright.sync_api import expect

from publishing.search import without_colours

LESSON = "line/descent/"
QUERIES = Path(__file__).parent / "queries"
# Of what people ask in public, written down before search was tuned, so much must find
# the expected page first. It was 37 % in English and 38 % in Chinese, and is 92 % and 91 %.
SHARE = 0.9

# Ask the worker of a page, without its box: hundreds of queries in a second.
ASK = """async ([address, languages, queries]) => {
  const worker = new Worker(address, { type: "module" })
  const answers = []
  worker.postMessage({ type: "languages", data: languages })
  for (const query of queries) {
    const answer = new Promise((done, failed) => {
      worker.onmessage = ({ data }) => data.type === 3 ? done(data.data.items) : failed(data)
      worker.onerror = failed
    })
    worker.postMessage({ type: 2, data: query })
    answers.push(await answer)
  }
  worker.terminate()
  return answers
}"""


@pytest.fixture
def ask(site, visit):
    """Return a function that asks search: of each query the items, as Material gets them."""
    tab = visit("404.html")  # on other pages `Worker` is what meets Material

    def ask(queries, languages=("en",)):
        address = f"{site.address}assets/javascripts/search.js"
        return tab.evaluate(ASK, [address, list(languages), list(queries)])

    return ask


def first(items):
    """Return the page that comes first, and the section of it that answers best."""
    if not items:
        return None, None
    locations = [entry["location"] for entry in items[0]]
    return locations[0].partition("#")[0], locations[0]


def read_queries(language):
    """Read what people ask: a query, and the sections of which one should come first."""
    file = QUERIES / f"{language}.txt"
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        parts = line.split("\t")
        if len(parts) != 3:
            told = "a query, its pages and where it was asked, with a tab between"
            pytest.fail(f"tests/queries/{file.name}:{number}: write {told}", False)
        yield parts[0], parts[1].split(" | ")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_queries_expect_what_is_there(site, language):
    prefix = "" if language == "en" else "zh/"
    queries = list(read_queries(language))
    expected = {prefix + each for _, pages in queries for each in pages}
    pages = {page.path: page for page in site.pages}
    lost = {
        each
        for each in expected
        for path, _, id_ in [each.partition("#")]
        if path not in pages or (id_ and f'id="{id_}"' not in pages[path].html)
    }
    assert lost == set()
    assert len({query for query, _ in queries}) == len(queries)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_people_ask_is_found(ask, language):
    prefix = "" if language == "en" else "zh/"
    queries = list(read_queries(language))
    missed = []
    for (query, expected), items in zip(
        queries, ask([query for query, _ in queries], [language]), strict=True
    ):
        page, _ = first(items)
        if page not in [prefix + each.partition("#")[0] for each in expected]:
            missed.append(f"{query}: {page}, not {' or '.join(expected)}")
    print(*missed, sep="\n")
    assert len(queries) >= 60
    assert 1 - len(missed) / len(queries) >= SHARE, "\n".join(missed)


# Cases that were wrong once; each stands for its kind.
CASES = {
    "en": {
        "dataloader": "steps/data/#batches",
        "crossentropyloss": "steps/loss/#cross-entropy",
        "zerograd": "line/autograd/#grad-fn",
        "layernorm": "language-model/transformer/#layer-norm",
        "learning rate": "line/descent/#limit",
        "gradient descent": "line/descent/#step",
        "least squares": "line/misfit/#yardsticks",
        "zero_grad": "line/autograd/#grad-fn",
        "AdamW": "steps/update/#adam",
        "torch.optim.SGD": "line/sgd/#one-point",
        "backprop": "line/autograd/#by-hand",
        "lr": "line/descent/#limit",
        "CE": "steps/loss/#cross-entropy",
        "KNN": "steps/linear/#nearest",
        "learing rate": "line/descent/#limit",
        "overfiting": "steps/validate/",
        "gradeint": "line/descent/#which-way",
        "Trying to backward through the graph a second time": "line/autograd/#break-walk_twice",
        "glossary": "about/glossary/",
    },
    "zh": {
        "dataloader": "zh/steps/data/#batches",
        "学习率": "zh/line/descent/#limit",
        "最小二乘": "zh/line/misfit/#yardsticks",
        "反传": "zh/steps/backward/",
        "暂退法": "zh/steps/forward/#modes",
        "汇聚层": "zh/steps/architecture/#cnn",
        "CE": "zh/steps/loss/#cross-entropy",
        "学系率": "zh/line/descent/#limit",
        "过拟和": "zh/steps/validate/#overfitting",
        "batch size": "zh/steps/iterate/#batch-size",
        "术语表": "zh/about/glossary/",
    },
}


@pytest.mark.parametrize("language", CASES)
def test_names_in_any_spelling_lead_to_what_teaches_them(ask, language, subtests):
    answers = ask(CASES[language], [language])
    for (query, expected), items in zip(CASES[language].items(), answers, strict=True):
        with subtests.test(query=query):
            assert first(items)[1] == expected


@pytest.mark.parametrize("query", ["PyTorch", "ReLU", "GPT", "DataLoader"])
def test_a_name_with_capitals_is_not_all_that_has_its_parts(ask, site, query):
    (items,) = ask([query])
    having = {
        page.path
        for page in site.pages
        if page.language == "en" and query.lower() in page.html.lower()
    }
    assert {item[0]["location"].partition("#")[0] for item in items} <= having
    shown = " ".join(entry["title"] + entry["text"] for entry in items[0])
    assert query.lower() in re.sub("<[^>]*>", "", shown).lower()


def test_results_stay_while_a_word_is_typed(ask):
    word = "learning rate"
    for letters, items in zip(
        range(3, len(word) + 1),
        ask(word[:letters] for letters in range(3, len(word) + 1)),
        strict=True,
    ):
        assert items, word[:letters]


def test_every_page_is_found_first_by_its_title(ask, site, subtests):
    for language in ("en", "zh"):
        pages = [page for page in site.pages if page.language == language]
        titles = [page.all("h1")[0].text.removesuffix("¶") for page in pages]
        for page, title, items in zip(
            pages, titles, ask(titles, [language]), strict=True
        ):
            with subtests.test(page=page.path, title=title):
                assert first(items)[0] == page.path


def test_with_both_languages_both_are_searched(ask):
    both = ("en", "zh")
    queries = ["反传", "backprop", "gradient descent", "梯度下降"]
    for query, items in zip(queries, ask(queries, both), strict=True):
        found = [item[0]["location"] for item in items]
        pages = [re.sub("^zh/|#.*", "", location) for location in found]
        assert len(set(pages)) == len(pages), query  # a page in one language only
        assert any(location.startswith("zh/") for location in found)
    alone = ask(queries[1:2])[0]
    assert not any(item[0]["location"].startswith("zh/") for item in alone)


def type_query(tab, query):
    """Type a query as a reader does."""
    tab.keyboard.press("/")
    tab.locator(".md-search__input").fill(query)


def test_the_box_searches_what_the_reader_reads(visit, site):
    tab = visit(LESSON)
    type_query(tab, "反传")
    expect(tab.locator(".md-search-result__item a").first).to_have_attribute(
        "href", re.compile("steps/backward/|line/autograd/")
    )
    tab = visit(f"{LESSON}?both")
    expect(tab.locator("html.both")).to_be_attached()
    type_query(tab, "票数相同")  # stands in Chinese only
    found = tab.locator(".md-search-result__item a[href*='zh/steps/linear/']")
    expect(found.first).to_be_visible()


# Of each text that is shown, how many lines it has, and those that begin with a stop.
LINES = """articles => articles.map(article => {
  const box = article.getBoundingClientRect()
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
  const tops = new Set(), stops = []
  while (walker.nextNode()) {
    const { data } = walker.currentNode
    if (walker.currentNode.parentElement.closest("h1, h2")) continue
    for (let at = 0; at < data.length; at++) {
      const range = document.createRange()
      range.setStart(walker.currentNode, at)
      range.setEnd(walker.currentNode, at + 1)
      const { left, top, width } = range.getBoundingClientRect()
      if (width) tops.add(Math.round(top / 8))
      if (/[，。；：！？、）”’》]/.test(data[at]) && width && left < box.left + 2)
        stops.push(data.slice(at - 5, at + 5))
    }
  }
  return { lines: tops.size, stops }
})"""


@pytest.mark.parametrize("path", ["", "zh/"])
def test_a_result_is_a_few_lines_of_prose(visit, path, subtests):
    tab = visit(path, viewport={"width": 360, "height": 720})
    tab.locator("label[for=__search]").first.click()
    own = ("学习率", "梯度下降法", "权重", "大模型") if path else ("learning rate",)
    for query in ("softmax", "CUDA", "loss nan", "loss.backward()", *own):
        with subtests.test(query=query):
            tab.locator(".md-search__input").fill("")
            expect(tab.locator(".md-search-result__item")).to_have_count(0)
            tab.locator(".md-search__input").fill(query)
            tab.locator(".md-search-result__item").first.wait_for()
            shown = tab.locator(".md-search-result__article").evaluate_all(LINES)
            assert max(each["lines"] for each in shown) <= 7
            assert [each["stops"] for each in shown if each["stops"]] == []
            assert tab.locator(".md-search-result__item :is(pre, table)").count() == 0


def test_nothing_is_fetched_before_search_is_opened_and_then_once(visit):
    tab = visit(LESSON)
    tab.wait_for_load_state("networkidle")
    assert not any("search" in url for url in tab.requests)
    with tab.expect_request("**/search/search_index.json"):
        tab.keyboard.press("/")
    type_query(tab, "gradient")
    tab.locator(".md-search-result__item").first.wait_for()
    assert sum("search_index" in url for url in tab.requests) == 1


@pytest.mark.parametrize("lost", ["**/search_index.json", "**/javascripts/search*.js"])
@pytest.mark.parametrize(
    ("path", "told"), [("", "could not be loaded"), ("zh/", "加载失败")]
)
def test_what_is_lost_is_told_and_fetched_again(visit, lost, path, told):
    tab = visit(path, alone=True)
    tab.route(lost, lambda route: route.abort())
    type_query(tab, "softma")
    expect(tab.locator(".md-search-result__meta")).to_contain_text(told)
    tab.unroute(lost)
    tab.locator(".md-search__input").press_sequentially("x")
    first = tab.locator(".md-search-result__item > a").first
    expect(first).to_have_attribute("href", re.compile("steps/forward/"))
    expect(tab.locator(".md-search-result__meta")).not_to_contain_text(told)


@pytest.mark.parametrize(
    ("path", "asks", "lost"),
    [
        ("", "Type to start searching", "loaded"),
        ("zh/", "输入文字，开始搜索", "加载失败"),
    ],
)
def test_the_box_says_what_it_waits_for(visit, path, asks, lost):
    tab = visit(path, alone=True)
    told = tab.locator(".md-search-result__meta")
    tab.context.set_offline(True)
    tab.keyboard.press("/")
    expect(told).to_have_text(asks)
    type_query(tab, "softmax")
    expect(told).to_contain_text(lost)
    tab.context.set_offline(False)  # and nobody types
    tab.locator(".md-search-result__item").first.wait_for()
    tab.locator(".md-search__input").fill("")
    expect(told).to_have_text(asks)


def test_result_leads_to_the_section(visit, site):
    tab = visit(f"zh/{LESSON}")
    type_query(tab, "暂退法")
    tab.locator(".md-search-result__item").first.wait_for()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{site.address}zh/steps/forward/#modes")


def test_words_of_no_page_find_nothing(visit):
    tab = visit("zh/")
    for query in ("饕餮", "zyzzyva"):
        type_query(tab, query)
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

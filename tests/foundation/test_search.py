"""Search keys: NFKC, pinyin in order of names, initials, surnames."""

import pytest
from django.contrib.contenttypes.models import ContentType

from shuangbi.foundation.search import normalise, pinyin_keys, search_filter


def test_normalise_folds_width_case_and_spaces() -> None:
    assert normalise("  ＡＢＣ　示例  Ｃｉｔｙ１ ") == "abc 示例 city1"


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("重庆路", "chong qing lu", "cql"),
        ("重点项目", "zhong dian xiang mu", "zdxm"),
        ("Ａ区 12号", "a qu 12 hao", "aq12h"),
        ("", "", ""),
    ],
)
def test_pinyin_reads_words(text: str, full: str, initials: str) -> None:
    assert pinyin_keys(text) == (full, initials)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [("单一", "shan yi", "sy"), ("曾明", "zeng ming", "zm"), ("尉迟明", "yu chi ming", "ycm"), ("李明", "li ming", "lm")],
)
def test_pinyin_reads_surnames_of_persons(name: str, full: str, initials: str) -> None:
    assert pinyin_keys(name, person=True) == (full, initials)


def test_the_same_characters_are_read_as_words_elsewhere() -> None:
    assert pinyin_keys("单位")[0] == "dan wei"


@pytest.mark.django_db
def test_search_wants_every_word_in_some_field_and_no_wildcards() -> None:
    for label, model in (("north", "kiln"), ("south", "kiln"), ("south", "works")):
        ContentType.objects.create(app_label=label, model=model)
    rows = ContentType.objects.filter(app_label__in=["north", "south"]).order_by("app_label", "model")

    def found(text: str) -> list[tuple[str, str]]:
        return list(search_filter(rows, text, ("app_label", "model")).values_list("app_label", "model"))

    assert found("ＫＩＬＮ") == [("north", "kiln"), ("south", "kiln")]
    assert found("south kiln") == [("south", "kiln")]
    assert found("  ") == list(rows.values_list("app_label", "model"))
    assert found("%") == []
    assert found("k_ln") == []

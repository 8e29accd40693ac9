"""The proof of `extract` says what it needs, and finds what is missing."""

from tests.proofs import extract


def test_without_the_document_it_says_so():
    outcome = extract.run(data=None, count=None, seed=None)

    assert outcome["count"] == 0
    assert len(outcome["failures"]) == 1


def test_a_text_without_the_figures_fails_each_check(tmp_path):
    document = tmp_path / "other.txt"
    document.write_text("签约项目任务数为18个,完成21个。", encoding="utf-8")

    outcome = extract.run(data=document, count=3, seed=1)

    assert len(outcome["failures"]) == 4 + 6 + 2 + 8 + 1 + 1 + 1

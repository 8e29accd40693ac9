"""Chinese is complete: every source string has a translation that is not empty and not fuzzy, compiled and fresh."""

import gettext
import re

from tests.architecture.sources import catalogue, catalogues, messages, name, require_none


def test_every_source_string_has_its_chinese() -> None:
    known: dict[str, str] = {}
    for path in catalogues():
        known |= {text: done for text, (done, fuzzy) in catalogue(path).items() if done and not fuzzy}
    missing = [f"{text!r} at {places[0]}" for text, places in sorted(messages().items()) if text not in known]

    require_none(missing)


def test_nothing_is_fuzzy_or_empty() -> None:
    wrong = [
        f"{name(path)} {text!r}"
        for path in catalogues()
        for text, (done, fuzzy) in catalogue(path).items()
        if fuzzy or not done
    ]

    require_none(wrong)


def test_translations_keep_the_places_for_values() -> None:
    place = re.compile(r"%\(\w+\)[sd]|(?<!{){\w*(?:![rs])?(?::[^}]*)?}(?!})")
    wrong = [
        f"{name(path)} {text!r}"
        for path in catalogues()
        for text, (done, _fuzzy) in catalogue(path).items()
        if set(place.findall(text)) != set(place.findall(done))
    ]

    require_none(wrong)


def test_the_same_source_string_reads_the_same_in_every_room() -> None:
    """Django merges the catalogues; with two answers for one string the order of the rooms would decide silently."""
    answers: dict[str, dict[str, str]] = {}
    for path in catalogues():
        for text, (done, _fuzzy) in catalogue(path).items():
            answers.setdefault(text, {})[name(path).split("/")[2]] = done
    wrong = [f"{text!r} {found}" for text, found in sorted(answers.items()) if len(set(found.values())) > 1]

    require_none(wrong)


def test_compiled_catalogues_are_fresh() -> None:
    stale = []
    for path in catalogues():
        compiled = path.with_suffix(".mo")
        if not compiled.exists():
            stale.append(f"{name(compiled)} is missing")
            continue
        with compiled.open("rb") as handle:
            held = gettext.GNUTranslations(handle)._catalog  # type: ignore[attr-defined]
        plain = {(key[0] if isinstance(key, tuple) else key).split("\x04")[-1]: text for key, text in held.items() if key}
        written = {text: done for text, (done, _fuzzy) in catalogue(path).items()}
        if plain != written:
            different = sorted({*plain.items()} ^ {*written.items()})[:3]
            stale.append(f"{name(compiled)}: compile again; {different}")

    require_none(stale)


def test_no_f_string_is_translated() -> None:
    import ast

    from tests.architecture.sources import ENGINE, SITE, TRANSLATED, at, called, python_files, tree_of

    wrong = [
        at(path, node)
        for path in python_files(SITE, ENGINE)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and called(node) in TRANSLATED and node.args and isinstance(node.args[0], ast.JoinedStr)
    ]

    require_none(wrong)

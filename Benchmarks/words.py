"""The words that a text is searched by, cut as Sources/Store/Search.swift cuts them."""

import unicodedata


def _is_han(character):
    return "\u3400" <= character <= "\u9fff" or character in "\u3006\u3007"


def _runs(text):
    run, han = "", False
    for character in unicodedata.normalize("NFKC", text).lower():
        is_han = _is_han(character)
        is_word = is_han or character.isalpha() or character in "0123456789"
        if run and (not is_word or is_han != han):
            yield run, han
            run = ""
        if is_word:
            run, han = run + character, is_han
    if run:
        yield run, han


def indexing(text):
    """The words of a text to be indexed: pairs of Han characters and the last alone."""
    words = []
    for run, han in _runs(text):
        words += [run[i:i + 2] for i in range(len(run) - 1)] + [run[-1]] if han else [run]
    return " ".join(words)


def query(text):
    """The words of what somebody types."""
    words = []
    for run, han in _runs(text):
        words += [run[i:i + 2] for i in range(len(run) - 1)] or [run + "*"] if han else [run]
    return " ".join(words)

#!/usr/bin/env python3
"""BLEU and chrF of made-up translations with sacreBLEU.

    python3 tools/golden/translation_scores.py > carousel-core/src/test/resources/golden/translation-scores.json

needs the package `sacrebleu` (2.6.0) of PyPI.
"""
import json
import random

from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

random.seed(13)

WORDS = (
    "the a ship harbour isn't l'homme well-known 1,000.50 3.14 1990-1995 e.g. U.S. Paris. naïve œuvre Ünïted "
    "« Va » !? … (maybe) [sic] {x} a/b x=y \"quoted\" ‘single’ 50% $5 &amp; &lt;b&gt; &quot; C++ @home #1 "
    "日本語 мир 😀 no\u00a0break thin\u202f! semi;colon under_score tilde~ back`tick ,start .5 5. -7 7- 7-8 --"
).split(" ")
TEXTS = [
    "", " ", ".", "...", "1,000.50", "1,000,000", "1.", ".1", "a.b", "a,b", "1,a", "a,1", "don't", "it's 5-6pm",
    "x-ray", "5-ray", "&amp;lt;", "&quot;Yes&quot; &amp; no", "<skipped>gone", "end-\nof line", "two\nlines",
    "  spaces \t and\u00a0no-break  ", "Va\u202f!", "e\u0301te\u0301", "😀!", "日本語。", "A_B^C`D", "{a}|~", "a\x1cb\x85c",
]


def sentence():
    return " ".join(random.choice(WORDS) for _ in range(random.randint(0, 12)))


def changed(text):
    words = text.split(" ")
    for _ in range(random.randint(0, 4)):
        at = random.randrange(len(words) + 1)
        kind = random.choice(["drop", "add", "replace", "swap", "case"])
        if kind == "add":
            words.insert(at, random.choice(WORDS))
        elif at < len(words) and kind == "drop":
            del words[at]
        elif at < len(words) and kind == "replace":
            words[at] = random.choice(WORDS)
        elif at < len(words) and kind == "case":
            words[at] = words[at].swapcase()
        elif at + 1 < len(words):
            words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def scores(translations, references, lower):
    """References by sentence; their numbers may differ, sacreBLEU wants them filled up with None."""
    most = max(len(each) for each in references)
    streams = [[each[i] if i < len(each) else None for each in references] for i in range(most)]
    bleu = BLEU(lowercase=lower)
    chrf = CHRF(lowercase=lower)
    b = bleu.corpus_score(translations, streams)
    c = chrf.corpus_score(translations, streams)
    return {
        "translations": translations,
        "references": references,
        "lowerCase": lower,
        "bleu": b.score,
        "penalty": b.bp,
        "correct": b.counts,
        "total": b.totals,
        "lengths": [b.sys_len, b.ref_len],
        "bleuSignature": str(bleu.get_signature()).split("|version")[0],
        "chrf": c.score,
        "chrfSignature": str(chrf.get_signature()).split("|version")[0],
        "sentences": [BLEU(effective_order=True).sentence_score(t, r).score for t, r in zip(translations, references)],
        "sentencesChrf": [CHRF().sentence_score(t, r).score for t, r in zip(translations, references)],
    }


def corpora():
    hand = [
        (["the cat"], [["the cat"]]),
        (["the the the the"], [["the cat is here"]]),
        ([""], [["a b c d"]]),
        (["a b c d"], [[""]]),
        (["a b c d e"], [["a b c d e"]]),
        (["a b c x e"], [["a b c d e", "a b x x e f"]]),
    ]
    for translations, references in hand:
        yield scores(translations, references, False)
    for number in range(12):
        references = [[sentence() for _ in range(random.randint(1, 3) if number % 3 == 0 else 1 + number % 2)]
                      for _ in range(random.randint(1, 10))]
        translations = [changed(random.choice(each)) for each in references]
        yield scores(translations, references, number % 4 == 3)


tokenize = Tokenizer13a()
texts = TEXTS + [sentence() for _ in range(40)]
print(json.dumps({
    "tokens": [{"text": text, "tokens": tokenize(text.rstrip()).split()} for text in texts],
    "corpora": list(corpora()),
}, indent=1))

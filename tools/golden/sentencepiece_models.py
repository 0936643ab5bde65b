"""Small models of SentencePiece and how it cuts texts.

Writes sentencepiece-*.model.gz and sentencepiece.json into carousel-core/src/test/resources/golden; run from the root of the
project with the package `sentencepiece` (0.2.2) of PyPI.
"""
import gzip
import io
import json
import random
import sentencepiece

FOLDER = "carousel-core/src/test/resources/golden/"
random.seed(5)

SUBJECTS = ["the sky", "a child", "my neighbour", "the old captain", "nobody", "Anna", "the café owner"]
VERBS = ["has turned", "walks to", "is singing about", "forgot", "remembers", "will be painting", "don't like"]
SYLLABLES = [a + b for a in "bdgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "er", "ing")]
OBJECTS = ["grey", "the harbour", "seven ships", "the weather of 1997", "an umbrella", "the naïve plan", "its colours"]


def name():
    return "".join(random.choice(SYLLABLES) for _ in range(random.randint(1, 4)))


def sentence():
    words = " ".join(random.choice(part) for part in (SUBJECTS, VERBS, OBJECTS, [name()], ["of " + name(), ""])).strip()
    return words[0].upper() + words[1:] + random.choice([".", "!", "?", ", perhaps."])


CORPUS = [sentence() for _ in range(600)]
TEXTS = CORPUS[:20] + [
    "",
    " ",
    "   two   spaces\tand a tab  ",
    "the harbour",
    " the harbour ",
    "Ｆｕｌｌ ｗｉｄｔｈ １９９７",
    "ﬁnal ﬂags ① ㎏ Ⅳ",
    "cafe\u0301 nai\u0308ve",
    "half\u00adsoft zero\u200bwidth\u3000wide",
    "smile 😀😀 twice 😀x😀",
    "☃☃☃ snow ☃",
    "unknown: ЖЖ Жук 漢字漢",
    "<sep>the sky<sep><sep> has <se",
    "▁ itself ▁▁",
    "<unk> <s> </s> <0x41>",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "umbrellaumbrella theskyhasturnedgrey",
    "line\nbreak\r\nand more",
    "thé ŝky häs",
]


def train(name, **options):
    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS), model_writer=out, num_threads=1, minloglevel=2, **options)
    model = out.getvalue()
    with open(FOLDER + "sentencepiece-" + name + ".model.gz", "wb") as file:
        file.write(gzip.compress(model, 9, mtime=0))
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    cases = []
    for text in TEXTS:
        pieces = processor.encode(text, out_type=str)
        ids = processor.encode(text)
        unknown = processor.unk_id()
        pieces = ["<unk>" if number == unknown else piece for piece, number in zip(pieces, ids)]
        known = [number for number in ids if number != unknown]
        cases.append({
            "text": text,
            "pieces": pieces,
            "known": [processor.id_to_piece(number) for number in known],
            "back": processor.decode(known),
        })
    return {"name": name, "size": processor.get_piece_size(), "cases": cases}


def main():
    models = [
        train("unigram", model_type="unigram", vocab_size=150),
        train("unigram-bytes", model_type="unigram", vocab_size=400, byte_fallback=True,
              user_defined_symbols=["<sep>", "sky has"], normalization_rule_name="identity"),
        train("unigram-spaces", model_type="unigram", vocab_size=150, normalization_rule_name="nfkc_cf",
              remove_extra_whitespaces=False, split_by_whitespace=False),
        train("bpe", model_type="bpe", vocab_size=140),
        train("bpe-bytes", model_type="bpe", vocab_size=420, byte_fallback=True, add_dummy_prefix=False,
              remove_extra_whitespaces=False, user_defined_symbols=["<sep>"], normalization_rule_name="identity"),
    ]
    with open(FOLDER + "sentencepiece.json", "w") as file:
        json.dump({"models": models}, file, indent=1)
        file.write("\n")


main()

"""``python -m bot.domain.redaction.training``: makes the tagger's data anew (some minutes, Faker and scipy)."""

import argparse
import gzip
import json
from pathlib import Path

from bot.domain.redaction.tagger import read_lexicon
from bot.domain.redaction.training.corpus import real_sentences
from bot.domain.redaction.training.fit import fit, lexicon_lines

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.domain.redaction.training", description=__doc__)
    parser.add_argument("--tickets", type=Path, help="folder of banking77.csv, clinc150.csv, bitext27.csv")
    parser.add_argument(
        "--words", type=Path, required=True, help="tokenizer.json of an uncased BERT, for word ranks"
    )
    parser.add_argument("--size", type=int, default=60_000, help="sentences to draw")
    parser.add_argument("--rounds", type=int, default=120, help="steps of L-BFGS")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=DATA)
    arguments = parser.parse_args()
    lexicon = lexicon_lines(arguments.words)
    packed = gzip.compress("\n".join(lexicon).encode(), mtime=0)
    real = real_sentences(arguments.tickets, read_lexicon(packed)) if arguments.tickets else []
    model = fit(lexicon, real, size=arguments.size, rounds=arguments.rounds, seed=arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    _write(arguments.out / "lexicon.txt.gz", "\n".join(lexicon))
    _write(arguments.out / "tagger.json.gz", json.dumps(model, ensure_ascii=False, separators=(",", ":")))


def _write(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()

"""``python -m bot.domain.redaction.training``: makes the tagger's data anew, in some minutes."""

import argparse
import gzip
import json
from pathlib import Path

from bot.domain.redaction.tagger import read_lexicon
from bot.domain.redaction.training.fit import fit
from bot.domain.redaction.training.lists import lexicon_lines
from bot.domain.redaction.training.real import real_sentences

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    arguments = _arguments()
    lines = lexicon_lines(arguments.words)
    lexicon = read_lexicon(lines)
    real = real_sentences(arguments.tickets, lexicon) if arguments.tickets else []
    model = fit(
        lexicon,
        real,
        size=arguments.size,
        rounds=arguments.rounds,
        seed=arguments.seed,
        penalty=arguments.penalty,
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    _write(arguments.out / "lexicon.txt.gz", "\n".join(lines))
    _write(arguments.out / "tagger.json.gz", json.dumps(model, ensure_ascii=False, separators=(",", ":")))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.domain.redaction.training", description=__doc__)
    parser.add_argument("--words", type=Path, required=True, help="tokenizer.json of an uncased BERT")
    parser.add_argument("--tickets", type=Path, help="folder of ticket corpora (real.py names them)")
    parser.add_argument("--size", type=int, default=40_000, help="sentences to draw")
    parser.add_argument("--rounds", type=int, default=80, help="steps of L-BFGS")
    parser.add_argument("--penalty", type=float, default=8.0, help="weight of the Gaussian prior")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=DATA)
    return parser.parse_args()


def _write(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()

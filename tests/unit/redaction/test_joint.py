"""Weights of several tokens are found without writing their names; the sums are the same to the last bit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.redaction.features import EDGE, has_case, joint_features
from bot.domain.redaction.joint import JointWeights
from bot.domain.redaction.lexicon import words
from bot.domain.redaction.tagger import tagger

WORDS = words(
    """
    Anna anna Smith SMITH Mr my name is from Street street 12 12b Berlin the . , | - @ [ Zoë Ł I am call order
    Main Avenue # : O'Neil \ue004 \ue008 New York QA
    """
)
TOKENS = st.lists(
    st.one_of(st.sampled_from([*sorted(WORDS), "\n"]), st.text(min_size=1, max_size=8)), max_size=30
)


@settings(deadline=None)  # the first one loads the weights
@given(TOKENS)
def test_sums_are_the_same_by_either_way(tokens: list[str]) -> None:
    reader = tagger()
    cased = has_case(tokens)
    known = [reader._word(token, cased) for token in tokens]
    classes = [EDGE, EDGE, *(word[0] for word in known), EDGE, EDGE]
    lowers = [EDGE, EDGE, *(word[1] for word in known), EDGE, EDGE]
    if any("|" in token for token in tokens):
        return  # such texts take the slow way, as the next test says
    for i in range(2, len(tokens) + 2):
        quick = reader._joint(classes, lowers, i, -1.7, 0.3)
        assert quick == reader._joint_slowly(classes, lowers, i, -1.7, 0.3)


def test_the_way_is_chosen_by_the_sign_between_the_parts_of_a_name() -> None:
    reader = tagger()
    for text in ("Anna Smith | Berlin", "| |", "Mr | Smith"):
        tokens = text.split()
        assert reader._scores(tokens) == _by_names(tokens)


def _by_names(tokens: list[str]) -> list[tuple[float, float]]:
    """As the features are defined: every name written out and looked up, in order."""
    reader, cased = tagger(), has_case(tokens)
    padded = [EDGE, EDGE, *tokens, EDGE, EDGE]
    known = [reader._word(token, cased) for token in padded]
    classes, lowers = [word[0] for word in known], [word[1] for word in known]
    scores: list[tuple[float, float]] = []
    for i in range(2, len(tokens) + 2):
        lent = [
            known[i][2][2],
            known[i - 1][2][1],
            known[i + 1][2][3],
            known[i - 2][2][0],
            known[i + 2][2][4],
        ]
        person, address = sum(each[0] for each in lent), sum(each[1] for each in lent)
        if (person > -5.0 or address > -5.0) and classes[i] not in ("l0", "n0"):
            for name in joint_features(classes, lowers, i):
                weight = reader.weights.get(name, (0.0, 0.0))
                person, address = person + weight[0], address + weight[1]
        scores.append((person, address))
    return scores


def test_every_weight_is_found() -> None:
    weights = {"Aa|b": (1.0, 0.1), "Ewb|at": (2.0, 0.2), "Fw2|wb|at": (3.0, 0.3), "Gat|wa": (4.0, 0.4)}
    weights |= {"Hwb|at|wa": (5.0, 0.5), "Iat|wa|w2": (6.0, 0.6), "E||at": (9.0, 9.0)}
    joint = JointWeights(weights)
    assert joint.of_labels("x", "a", "b", "y") == ((1.0, 0.1),)
    assert joint.left["wb", "at"] == ((2.0, 0.2), {"w2": (3.0, 0.3)})
    assert joint.right["at", "wa"] == ((4.0, 0.4), {"wb": (5.0, 0.5)}, {"w2": (6.0, 0.6)})
    assert len(joint.left) == 1, "a name that cannot be taken apart is left to the slow way"

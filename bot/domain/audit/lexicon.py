"""The audit's own word lists."""

from collections.abc import Mapping

_SWEARING = """
    arse arsehole arseholes asshat asshats asshole assholes bastard bastards bitch bitches bitching
    bollocks bullshit cocksucker cocksuckers cunt cunts dickhead dickheads dipshit dipshits dumbass
    dumbasses fck fcking fkn fuk fukin fuking horseshit jackass jackasses knobhead shit shite shits
    shitshow shitty stfu twat twats wanker wankers wtf cretin cretins halfwit idiot idiots imbecile
    imbeciles lowlife lowlifes moron morons nitwit nitwits retarded retards scumbag scumbags faggot
    faggots nigga nigger niggers tranny whore whores
"""
_F_WORDS = (
    "fuck fucks fucked fucker fuckers fuckin fucking fuckface fuckwit fuckwits fuckhead fuckheads fuckup"
)
ABUSIVE = frozenset(_SWEARING.split()) | {
    start + word for start in ("", "mother") for word in _F_WORDS.split()
}
"""Profanity, insults and slurs, as whole English words. Mild ones (damn, hell, crap, stupid, pissed, bloody)
are left out: that is how cross customers talk. So are words with an innocent use (scum, retard, tosser)."""

_LANGUAGES = """
    af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka
    kk km kn ko lo lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl
    tr uk ur uz vi xh zh zu
"""
LANGUAGES = tuple(_LANGUAGES.split())
"""ISO 639-1 codes of languages people write to a support desk in. Latin, pidgins and small dialects are left
out: short English is taken for them far more often than anybody writes them."""

_FUNCTION_WORDS = {
    "en": """
        a an and are be been but can could did do does for from get has have how i i'm in is it it's me my
        not of on or that the this to was what when where which why will with would you your
    """,
    "de": """
        aber auf auch bei bin bitte das dass dem den der die ein eine einen es für habe hat ich ihr ihre
        im in ist kann mein meine mich mir mit nicht noch oder sie sich und von warum was wenn wie wird zu
        zur
    """,
    "fr": """
        à au aux avec ce cela ces cette dans de depuis des du elle en est et être fait il j'ai je la le
        les mais me mes mon ne nous ou où par pas peut plus pour pourquoi que qui sur un une votre vous
    """,
    "es": """
        a al como con cuando de del donde el en es esta está este he la las lo los me mi mis muy no para
        pero por porque puedo que qué se si sin su tengo un una ya y
    """,
    "pt": """
        a ao as com como da de do dos é ela ele em essa esse está eu foi já mais me mesmo meu minha não no
        na o os ou para pelo por porque posso que se sem ser só um uma você
    """,
    "it": """
        a al anche che chi come con cosa da dal dei del della di dove e è era ho i il in io la le lo ma mi
        mia mio nel non per perché più posso quando questo se si sono su un una
    """,
    "nl": """
        aan als bij dat de deze die dit een en er ge geen graag heb heeft het hoe ik in is kan maar met
        mij mijn na naar niet nog of om ook op te u uw van voor waar waarom wat wel zijn
    """,
    "pl": """
        ale co czy dla do gdzie i jak jest jestem jeszcze kiedy mam mi moje mój na nie od o po pod proszę
        przez się są to w z za że
    """,
    "sv": """
        att av den det du ej en ett för från har hur här i inte jag kan med men min mitt mig när och om på
        som så till var varför vi är
    """,
}
FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()
}
"""The small words that give a short text's language away."""

_GLUED = "the to my of in is it and for you can with this that have need want how what when"
GLUED = frozenset(_GLUED.split())
"""Function words that a missing space glues to their neighbour ("tocancel")."""

"""Closed word lists of everyday support English: verbs, irregular forms, proper nouns, places, fillers."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for tables that read like one."""
    return frozenset(text.split())


VERBS = word_set("""
    accept access accrue activate actualize add adjust advise agree allow answer appear apply approve
    arrange arrive ask assign attach authorize authorise backdate bake ban be become begin bill block
    board book borrow break bring buy calculate call can cancel carry cash catch change charge check
    choose claim clean clear click close come compare complain complete compute confirm connect contact
    continue convert cook copy correct cost count cover create credit cut deactivate debit decide
    declare decline decrease define delay delete deliver deny deposit describe dial die disable discard
    disclose disconnect dispute do doubt download draft drain draw drink drive drop earn eat edit email
    enable end enroll ensure enter erase estimate exchange expect expire explain extend fail feel file
    fill find finish fix flip fly follow forget forward freeze fund furnish gain get give go grant guess
    handle happen have hear help hire hold honor honour hook identify ignore improve include increase
    inform initiate input inquire insert install insure invalidate investigate invest issue join keep
    know last launch learn leave lend let lift like link list listen live load locate lock log look lose
    lower mail maintain make manage mark mean measure meet merge message mind miss modify monitor move
    mute name need negotiate notice notify obtain offer open operate order organize owe pair park pass
    pause pay phone pick place plan play plug post postpone prefer prepare print process prolong promise
    protect prove provide pull purchase push put raise reach read reactivate reboot rebook receive
    recharge recommend reconcile record recover redeem redo reduce refill refinance refund refuse
    register reimburse reinstall reject release reload remain remember remind remove rename renew rent
    repair repeat replace reply report request require rerun reschedule research reserve reset resolve
    respond restart restock restore retrieve return reverse review revert rewind roll rollover run save
    say scan schedule search see select sell send separate serve set settle share ship shop show shuffle
    shut sign sing skip sleep solve speak specify spell spend split start state stay steal stop store
    submit subscribe substitute suggest supply support suspend swallow swap switch sync synchronize take
    talk tell terminate test text thank top toss track trade transact transfer translate travel trust
    try turn type unblock understand unfreeze unlink unlock unsubscribe unsync unpair update upgrade
    upload use utilize validate verify view visit wait wake want warn watch wear win wire withdraw
    wonder work write yield reopen relay rate recall recieve compose countermand undo whisper
    dispatch note point simulate jot determine predict redial snooze dim reword google
    """)  # fmt: skip

# base: (past, participle)
IRREGULAR: dict[str, tuple[str, str]] = {
    "be": ("was", "been"), "become": ("became", "become"), "begin": ("began", "begun"),
    "break": ("broke", "broken"), "bring": ("brought", "brought"), "buy": ("bought", "bought"),
    "catch": ("caught", "caught"), "choose": ("chose", "chosen"), "come": ("came", "come"),
    "cost": ("cost", "cost"), "cut": ("cut", "cut"), "do": ("did", "done"), "draw": ("drew", "drawn"),
    "drink": ("drank", "drunk"), "drive": ("drove", "driven"), "eat": ("ate", "eaten"),
    "feel": ("felt", "felt"), "find": ("found", "found"), "fly": ("flew", "flown"),
    "forget": ("forgot", "forgotten"), "freeze": ("froze", "frozen"), "get": ("got", "got"),
    "give": ("gave", "given"), "go": ("went", "gone"), "have": ("had", "had"), "hear": ("heard", "heard"),
    "hold": ("held", "held"), "keep": ("kept", "kept"), "know": ("knew", "known"), "leave": ("left", "left"),
    "lend": ("lent", "lent"), "let": ("let", "let"), "lose": ("lost", "lost"), "make": ("made", "made"),
    "mean": ("meant", "meant"), "meet": ("met", "met"), "pay": ("paid", "paid"), "put": ("put", "put"),
    "read": ("read", "read"), "run": ("ran", "run"), "say": ("said", "said"), "see": ("saw", "seen"),
    "sell": ("sold", "sold"), "send": ("sent", "sent"), "set": ("set", "set"), "show": ("showed", "shown"),
    "shut": ("shut", "shut"), "sing": ("sang", "sung"), "sleep": ("slept", "slept"),
    "speak": ("spoke", "spoken"), "spend": ("spent", "spent"), "split": ("split", "split"),
    "steal": ("stole", "stolen"), "take": ("took", "taken"), "tell": ("told", "told"),
    "understand": ("understood", "understood"), "undo": ("undid", "undone"), "wake": ("woke", "woken"),
    "wear": ("wore", "worn"), "win": ("won", "won"), "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"),
}  # fmt: skip

LANGUAGES = word_set("""
    arabic chinese czech danish dutch english finnish french german greek hebrew hindi hungarian
    indonesian italian japanese korean latin mandarin norwegian persian polish portuguese punjabi
    romanian russian spanish swahili swedish tagalog thai turkish ukrainian urdu vietnamese
    """)
COUNTRIES = word_set("""
    afghanistan africa america argentina asia australia austria bali bangladesh barbados belgium bolivia
    brazil bulgaria cambodia canada chile china colombia croatia cuba denmark dubai egypt england
    estonia ethiopia europe finland france germany greece hawaii hungary iceland india indonesia iran
    iraq ireland israel italy jamaica japan jordan kenya korea kuwait laos latvia lebanon libya
    lithuania luxembourg malaysia mali malta mexico mongolia morocco myanmar nepal netherlands nicaragua
    nigeria norway pakistan panama paraguay peru philippines poland portugal romania russia scotland
    serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tanzania
    thailand tunisia turkey uganda ukraine uruguay venezuela vietnam wales yemen zambia zimbabwe
    """)
CITIES = word_set("""
    amsterdam athens atlanta austin baltimore bangkok barcelona beijing berlin boston brooklyn chicago
    cleveland dallas delhi denver detroit florida georgia houston istanbul london madrid manhattan
    memphis miami milan minneapolis moscow mumbai munich nashville oakland ohio orlando paris
    philadelphia phoenix pittsburgh portland prague rome sacramento seattle seoul shanghai sydney tampa
    texas tokyo toronto tucson vancouver vegas venice vienna virginia
    """)
MONTHS = word_set("january february march april may june july august september october november december")
DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")

_ACRONYMS = word_set("""
    api apr atm ach aws bmi btw cd csv ein eta eu eur faq fico ftc gb gbp gps hr iban id imei ios ip irs
    mpg ok pdf pin pto qr sdk sim sms sql sso ssn swift sepa tv uk url us usa usd usb vat vip vpn w2 w-2
    wifi rsvp 401k
    """)
_BRANDS = (
    "Apple Pay", "Google Pay", "Apple Watch", "Visa", "Mastercard", "Amex", "American Express", "PayPal",
    "Amazon", "Uber", "Netflix", "Spotify", "Google", "Android", "Windows", "Slack", "Outlook", "Excel",
    "Wells Fargo", "Bank of America", "TransUnion", "Equifax", "Experian", "Chase", "Bluetooth", "Hulu",
    "Yelp", "Facebook", "YouTube", "Pandora", "MasterCard", "Siri", "Alexa", "Christmas", "Easter", "Italian",
)  # fmt: skip
_NOT_NAMES = frozenset(("may", "march", "us", "ok", "turkey", "polish", "swift", "ip", "latin", "ach"))

PROPER: dict[str, str] = {
    **{word: word.upper() for word in _ACRONYMS if word not in _NOT_NAMES},
    **{
        word: word.capitalize()
        for word in LANGUAGES | COUNTRIES | CITIES | MONTHS | DAYS
        if word not in _NOT_NAMES
    },
    **{brand.lower(): brand for brand in _BRANDS},
    "ok": "OK",
    "ios": "iOS",
    "401k": "401k",
    "wifi": "Wi-Fi",
    "iphone": "iPhone",
    "mastercard": "Mastercard",
}

STOPWORDS = word_set("""
    a about after again all also am an and any are as at be because been before being but by can cannot
    could did do does doing done down each even for from get getting give go going got had has have
    having he hello help her here hi him his how i if in into is it its just know let like made make
    many may me might more most much must my myself need needs no not now of off on one only onto or
    other our out over own per please really right s same see she should since so some still such sure t
    tell than thank thanks that the their them then there these they thing things this those to too
    trying under until up us use used using very want was way we well were what when where which while
    who why will with would yes yet you your yours
    """)
FUNCTION_WORDS = word_set("""
    a about after all am an and any are as at be because been before being but by can cannot could did
    do does for from had has have he her his how i if in into is it its me my no not of off on onto or
    our out over should since so some that the their them then there these they this those to too under
    until up us was we were what when where which while who why will with without would you your
    """)

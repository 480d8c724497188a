"""Bytes: sizes, archives, encodings, and what is no log at all."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from bot.errors import ImportRefused
from bot.importers import COMMAND_LINE, Limits, open_log
from tests.unit.importers.reading import attempt, opened, refusal

CSV = "id,message\n1,Größe – 5 €\n2,无法登录 😀\n"


def zipped(*members: tuple[str, bytes], **options: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = options.get("attributes", 0)
            archive.writestr(info, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_unicode_in_every_form(codec: str) -> None:
    assert opened(CSV.encode(codec)).texts == ["Größe – 5 €", "无法登录 😀"]


def test_two_byte_order_marks() -> None:
    assert opened(b"\xef\xbb\xbf" * 2 + b"id,message\n7,x\n").tickets[0].ticket_id == "7"


def test_western_european_text() -> None:
    log = opened('id,message\n1,"Größe fällt aus – naïve café, 5 €"\n'.encode("cp1252"))
    assert log.texts == ["Größe fällt aus – naïve café, 5 €"]
    assert log.noted("Windows-1252")


RUSSIAN = (
    "Здравствуйте, не работает вход в личный кабинет, помогите пожалуйста. Заказ не пришёл, верните деньги"
)
LANGUAGES = {
    "cp1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "cp1253": "Καλημέρα, δεν μπορώ να συνδεθώ στον λογαριασμό μου, παρακαλώ βοηθήστε. Η παραγγελία δεν ήρθε",
    "cp1255": "שלום, אני לא מצליח להתחבר לחשבון שלי, אנא עזרו לי. ההזמנה לא הגיעה ואני רוצה החזר",
    "cp1256": "مرحبا، لا أستطيع تسجيل الدخول إلى حسابي، الرجاء المساعدة. الطلب لم يصل",
    "big5": "您好，我無法登入我的帳戶，請協助。訂單還沒有送到，請退款給我，謝謝。",
    "gb18030": "您好，我无法登录我的账户，请协助。订单还没有送到，请退款给我，谢谢。",
    "cp932": "こんにちは、アカウントにログインできません。助けてください。注文がまだ届いていません。",
    "euc_jp": "こんにちは、アカウントにログインできません。助けてください。注文がまだ届いていません。",
    "cp949": "안녕하세요, 계정에 로그인할 수 없습니다. 도와주세요. 주문이 아직 도착하지 않았습니다.",
}


@pytest.mark.parametrize("codec", LANGUAGES)
@pytest.mark.parametrize("length", [4, 12, 30, 100])
def test_other_encodings_are_right_or_refused(codec: str, length: int) -> None:
    text = LANGUAGES[codec][:length].strip()
    outcome = attempt(f'id,message\n1,"{text}"\n'.encode(codec))
    if isinstance(outcome, ImportRefused):
        assert outcome.code == "encoding_unknown"
    else:
        assert outcome.texts == [text]


def test_long_enough_text_of_another_script_is_read() -> None:
    for codec, text in LANGUAGES.items():
        assert opened(f'id,message\n1,"{text}"\n'.encode(codec)).texts == [text]


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1254", "Hesabıma giremiyorum, şifremi unuttum ve siparişim hâlâ gelmedi, lütfen yardımcı olun"),
        ("cp1250", "Nemůžu se přihlásit k účtu, heslo nefunguje a objednávka stále nepřišla"),
        (
            "cp1250",
            "Nem tudok belépni a fiókomba, a rendelésem nem érkezett meg, őszintén szólva dühös vagyok",
        ),
        (
            "cp1250",
            "Nie mogę zalogować się na konto, proszę o zwrot pieniędzy za zamówienie, które nie dotarło",
        ),
        ("mac_roman", "Je n'arrive pas à me connecter à mon espace, très déçu par le service"),
        ("cp866", "Добрый день! Хочу отменить подписку, списали деньги дважды с карты"),
        ("cp850", "Ich möchte mein Konto löschen, die Gebühren sind viel zu hoch für mich"),
    ],
)
def test_neighbours_of_western_european_are_not_taken_for_it(codec: str, text: str) -> None:
    outcome = attempt(f'id,message\n1,"{text}"\n'.encode(codec))
    assert (
        outcome.code == "encoding_unknown" if isinstance(outcome, ImportRefused) else outcome.texts == [text]
    )


@pytest.mark.parametrize(
    "text",
    [
        "Je n'arrive pas à me connecter à mon espace client, mon accès est refusé depuis hier, où aller ?",
        "¿Cuándo llegará mi pedido? Llevo tres semanas esperando y nadie contesta el teléfono",
        "Não consigo acessar minhas transações, já tentei três vezes",
        "Jag kan inte logga in på mitt konto, lösenordet är fel. Får jag hjälp?",
        "Jeg får ikke logget på, og ingen svarer på mailen. Hvor længe må jeg vente på pengene, Søren?",
        "Ég get ekki skráð mig inn á reikninginn minn, hvað er að? Þetta er óþolandi",
        "En voi kirjautua tililleni, salasana ei käy. Mitä teen?",
        "Non riesco più ad accedere, perché? È già la terza volta però nessuno risponde",
    ],
)
def test_western_european_languages(text: str) -> None:
    assert opened(f'id,message\n1,"{text}"\n'.encode("cp1252")).texts == [text]


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    good = "".join(f"{i},Größe fällt für Käufer aus\n" for i in range(9)).encode()
    refused = refusal(b"id,message\n" + good + b"9,abc \xc3 def\n")
    assert refused.code == "encoding_unknown"


def test_a_late_byte_that_is_not_utf8_is_found() -> None:
    rows = b"".join(b"%d,hello\n" % i for i in range(20_000))
    assert opened(b"id,message\n" + rows + b"x,caf\xe9 au lait\n").texts[-1] == "café au lait"


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"MZ\x90\0\3\0", bytes(range(32)) * 9, b"\x80\4\x95" + b"\0" * 60],
)
def test_what_is_no_text(content: bytes) -> None:
    assert refusal(content).code == "binary_file"


def test_a_stray_nul_is_dropped() -> None:
    assert opened(b"id,message\n1,a\0b\n" + b"2,hello there\n" * 9).texts[0] == "ab"


@pytest.mark.parametrize("name", ["CON.csv", ".csv", "a.b.csv", "x", "log.CSV", "-", "standard input"])
def test_names_do_not_matter(name: str) -> None:
    assert opened("id,message\n1,x\n", name).texts == ["x"]


def test_paths_and_streams_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(CSV, encoding="utf-8")
    records = list(open_log(path, filename=path.name).records)
    assert [getattr(record, "text", None) for record in records] == ["Größe – 5 €", "无法登录 😀"]


def test_a_stream_that_cannot_seek() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    assert len(list(open_log(Pipe(CSV.encode()), filename="standard input").records)) == 2


def test_upload_size() -> None:
    assert refusal(CSV * 9, limits=Limits(uploaded_bytes=100)).code == "file_too_large"
    assert COMMAND_LINE.rows > Limits().rows
    assert COMMAND_LINE.uploaded_bytes >= Limits().unpacked_bytes


@pytest.mark.parametrize("content", [gzip.compress(CSV.encode(), mtime=0), zipped(("t.csv", CSV.encode()))])
def test_packed_logs(content: bytes) -> None:
    assert len(opened(content, "log.csv.gz").tickets) == 2


def test_litter_of_the_mac_is_no_second_member() -> None:
    assert opened(zipped(("t.csv", CSV.encode()), ("__MACOSX/._t.csv", b"x")), "x.zip").texts


BOMB = b"id,message\n" + b"x" * 3_000_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped(("t.csv", BOMB)), "archive_ratio"),
        (gzip.compress(BOMB, mtime=0), "archive_ratio"),
        (zipped(("a.csv", b"x"), ("b.csv", b"x")), "archive_members"),
        (zipped(), "bad_archive"),
        (zipped(("../t.csv", b"x")), "archive_path"),
        (zipped(("/etc/t.csv", b"x")), "archive_path"),
        (zipped(("..\\t.csv", b"x")), "archive_path"),
        (zipped(("t.zip", zipped(("t.csv", b"x")))), "nested_archive"),
        (gzip.compress(gzip.compress(b"message\nx", mtime=0), mtime=0), "nested_archive"),
        (zipped(("t.csv", b"/etc/passwd"), attributes=0o120777 << 16), "bad_archive"),
        (zipped(("t.csv", CSV.encode()))[:60], "bad_archive"),
        (gzip.compress(CSV.encode(), mtime=0)[:-6], "bad_archive"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 60, "bad_archive"),
        (b"message\nx", "bad_archive"),
        (b"", "empty_file"),
    ],
)
def test_archives_that_are_refused(content: bytes, code: str) -> None:
    assert refusal(content, "log.zip").code == code


def test_a_password_is_asked_for_in_words() -> None:
    content = bytearray(zipped(("t.csv", CSV.encode())))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + offset] |= 1
    assert refusal(bytes(content), "log.zip").code == "archive_encrypted"


def test_a_bomb_that_lies_about_its_size() -> None:
    content = bytearray(zipped(("t.csv", BOMB)))
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = content.index(mark) + offset
        content[at : at + 4] = (50).to_bytes(4, "little")
    assert refusal(bytes(content), "log.zip").code in {"bad_archive", "archive_ratio"}


def test_unpacked_size() -> None:
    limits = Limits(unpacked_bytes=1000, ratio=10**6)
    assert (
        refusal(gzip.compress(b"message\n" + b"x\n" * 2000, mtime=0), "l.gz", limits=limits).code
        == "unpacked_too_large"
    )


def test_old_office_files_say_what_to_do() -> None:
    refused = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "log.xls")
    assert refused.code == "unsupported_format"
    assert ".xlsx" in refused.hint

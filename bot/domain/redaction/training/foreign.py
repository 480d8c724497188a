"""Everyday support sentences in other languages than English, written for this purpose, and bodies for prose."""

FOREIGN = """
Ich habe meine Bestellung noch nicht erhalten
Bitte erstatten Sie mir den Betrag auf mein Konto
Bitte erstatten Sie auf {R}.
Die Lieferung ist beschädigt angekommen
Wann kommt mein Paket an?
Ich möchte mein Abonnement kündigen
Meine Karte wurde doppelt belastet
Das Passwort funktioniert nicht mehr
Können Sie mir bitte weiterhelfen?
Vielen Dank im Voraus
Die Rechnung {R} ist falsch
Ich warte seit {N} Tagen auf eine Antwort
Bitte rufen Sie mich unter {H} zurück
wohnhaft in Deutschland
Die App stürzt immer ab, wenn ich sie öffne
Guten Morgen, ich brauche Hilfe beim Einloggen
Leider wurde die Überweisung nicht ausgeführt
Mit freundlichen Grüßen
Commande {R} non reçue.
Ma commande n'est jamais arrivée
Je voudrais annuler mon abonnement
Pouvez-vous me rembourser s'il vous plaît ?
Le colis a été livré à la mauvaise adresse
Merci de me rappeler au {H}
mon numéro est le {H} et mon e-mail {E}
Je n'arrive pas à me connecter à mon compte
La facture est erronée, merci de la corriger
J'attends une réponse depuis {N} jours
Votre service client ne répond pas
La carte a été débitée deux fois
Bonjour, j'ai un problème avec ma livraison
Cordialement
Mi pedido {R} no ha llegado
Quiero cancelar mi suscripción, por favor
Me han cobrado dos veces con la tarjeta
¿Cuándo recibiré el reembolso?
No puedo entrar en mi cuenta
El paquete llegó roto y nadie contesta
Mi número es {H} y mi correo {E}
Necesito ayuda con la factura
Buenos días, tengo un problema con el envío
Muchas gracias por su ayuda
Il mio ordine {R} non è arrivato
Vorrei annullare l'abbonamento
Mi avete addebitato due volte la stessa somma
Quando riceverò il rimborso?
Non riesco ad accedere al mio conto
Il pacco è stato consegnato all'indirizzo sbagliato
Il mio numero è {H}, la mia mail {E}
Buongiorno, ho un problema con la spedizione
O meu pedido {R} não chegou
Quero cancelar a minha assinatura
Fui cobrado duas vezes no cartão
Não consigo entrar na minha conta
Quando recebo o reembolso?
Mijn bestelling {R} is niet aangekomen
Ik wil mijn abonnement opzeggen
Er is twee keer geld afgeschreven
Ik kan niet inloggen op mijn account
Wanneer krijg ik mijn geld terug?
Min beställning {R} har inte kommit
Jag vill avsluta mitt abonnemang
Jag kan inte logga in på mitt konto
Pengarna har dragits två gånger
Min ordre {R} er ikke kommet frem
Jeg vil gerne opsige mit abonnement
Jeg kan ikke logge ind på min konto
Pakken ble levert til feil adresse
Tilaukseni {R} ei ole saapunut
Haluan peruuttaa tilaukseni
En pääse kirjautumaan tililleni
Moje zamówienie {R} nie dotarło
Chcę anulować subskrypcję
Nie mogę zalogować się na konto
Pobrano pieniądze dwa razy
Moje objednávka {R} nedorazila
Chci zrušit předplatné
Nemohu se přihlásit ke svému účtu
A rendelésem {R} nem érkezett meg
Szeretném lemondani az előfizetést
Nem tudok belépni a fiókomba
Moja narudžba {R} nije stigla
Siparişim {R} gelmedi
Aboneliğimi iptal etmek istiyorum
Comanda mea {R} nu a ajuns
Мой заказ {R} не пришёл
Хочу отменить подписку
Не могу войти в аккаунт
"""

LOGS = """
{D} {D} INFO worker started
{D} ERROR request failed with status {N}
the meeting is at {D} in room {N}-{N}
between {D} and {D} the page was slow
The price went from ${N} to ${N} on {D}
it cost ${N}.{N} on {D}
paid EUR {N},{N} on {D}
ratio 0.{N}{N}, mean {N}.{N}{N}
latitude {N}.{N}{N}, longitude {N}.{N}{N}
version {N}.{N}.{N}
upgrade from {N}.{N} to {N}.{N} failed
error {N} at line {N}, column {N}
{N} of {N} tickets closed, {N} percent
page {N} of {N}
chapter {N} section {N} {W}
15 U.S.C. {N} section {N}
Section {N} ( a ) ( {N} ) of the Act
code lky {N}
seat {N} C
flight ab {N} on {D}
gate b {N} at {D}
my pin ends in {N}
last four digits {N}
ssn {N}
account number {N}
policy number ase {N}
i want {N} pizza with extra cheese
{N} large pizza and {N} soda
bring {N} and {N} more
total of {N} items
{N} gb plan
build a pizza, {N} toppings
{N} honda civic
ford f {N}
from {C} to {C} on {D}
{C} {N}
zip code {N} {C}
{N} days ago i ordered {N}
since {D} nothing happened
on {D}, i called twice
born {D}
he is {N} and lives in {K}
{N} x {W} {W}
size {N}, color {W}
{W}-{N} does not start
{W} {N} {W} {N}
{N},{N},{N} rows
{N},{N} rows in {W}
{W}-{N} is back
{W}-{N}
{N}-{N}-{N} plan
{Z}-{Z}-{Z}
mac {X}:{X}:{X}
room {N}-{N}
the price of {N} went to {N}
secret {W}
{N} {N} {N} bytes
{N} GB left
commit {X} broke it
hash {X}
sha256:{X}
error 0x{X}
trace id {X}
request {X} failed
{X}
code {X} did not work
std::{W}<int>
{W}::{W}
foo.{W}(bar)
a = b + {N}
confirmation number {Z}
my booking confirmation number is {Z}
confirmation {Z}
{Z}
policy {Z} claim {Z}
licence plate {Z}
flight {Z} to {C}
"""

VERBS = """
asked told called emailed met saw shouted yelled smiled looked pointed waved wrote replied answered thought knew
helped promised refunded cancelled ordered paid sent signed left joined works worked lives lived went came moved played
sang wrote won lost married visited recommended reviewed approved rejected mentioned explained confirmed refused
"""

PROSE = """
{F} {V} at {F}
{F} {V} {F}
{P} {V} {P} in {N}
{P} {V} the {W} in {K}
{F} had {V} {F} about it
{F} spent a year at {O} with {P}
then {F} {V} for {O} in {C}, which later became {O}
the ex-{W} {F} is back
this song by ex-{W} {P}
A {W} for {P} - and it shows
The {P} case was closed
The {P} album became the first to sell a million copies
the {P} version recorded for {O}
a {P} song from {N}
this track by {P} is great
the former {J} {P} is back
ex-{J} {F} is back
{P}, who {V} in {C}, is {N}
{P} ({N}) {V} there
In {N}, {P} {V} to {K} with {P}
"I {V} you," {F} said to {F}
{F} and I {V} last {W}
{F} gave {F} the address: {A}
{P} had {V} {P} to {A}
I {V} {P} at {O}
It was {F} who {V} me
{F} was a huge {P} fan
Why did {F} {V}?
@{F} {B}
{F}, {B}
It ' s {F} ' s turn
( {P} , {O} )
" {P} " is trending
{V} by {F}
{V} with {P} and {F}
@{F} {V} it
"""

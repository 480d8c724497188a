"""Sentences to train on, all written for this purpose.

Slots: {P} a person in any spelling, {F} a first name, {A} an address, {O} an organisation, {C} a town, {K} a country,
{J} a job, {E} an e-mail, {H} a phone, {R} an order number, {N} a number, {W} a capitalised word that is no name,
{B} a real-life support sentence.
"""

PEOPLE = """
my name is {P}
My name is {P} and I ordered {N} days ago.
my name's {P}, pls help
hi, this is {P} from {O}
Hi, this is {P}. {B}
this is {P} again, still no answer
i am {P} and my account is locked
I am {P}, {B}
I'm {P}. {B}
im {P} btw
{P} speaking, how can I help?
{P} here, {B}
{F} here. {B}
it's {P}, we spoke yesterday
Hello {F}, {B}
Hello {P},
hi {F}
hey {F} {B}
Hi {F}! {B}
hi {F}, thank you for contacting us. {B}
Hi {F}, thanks for your patience
Dear {P},\n\n{B}
Dear {P}: {B}
dear {F} {B}
good morning {F}
Good afternoon {P}, {B}
ok thanks {F}
thank you {F}
thank you so much {F}, bye
thanks {F}!
Thanks, {F}
thx {F}
cheers, {F}
Cheers\n{F}
Best,\n{P}
{B}\n\nBest regards,\n{P}
{B}\n\nRegards,\n{P}\n{O}
{B} Kind regards, {P}
{B}\nKind regards\n{P}\n{J}\n{O}\n{H}\n{E}
{B}\n\nSincerely,\n{P}
{B} sincerely {P}
Yours faithfully,\n{P}
{B}\nThanks,\n{F}
{B}\n\n- {F}
{B} - {P}
{B}\n-- \n{P} | {J} | {O}
Sent by {P}
sent from my phone, {F}
{P}
{P}
{P}
{F}
{P}\n
{P}\n{B}
name: {P}
Name: {P}
Name : {P}\nEmail : {E}
Full name: {P}\nPhone: {H}
full name {P}
Customer name: {P}. {B}
Customer: {P}
[customer] {P}: {B}
[agent] {F}: {B}
Agent {F} joined the chat
{F} has left the conversation
Agent: may I have your name? Customer: {P}
Bot: who am I talking to? User: {P}
can i have your name please? {P}
your name? {P}
And your full name? {P}
User: {P}
requester: {P}
Assignee: {P}, cc: {P}
From: {P} <{E}>
To: {P} <{E}>; {P} <{E}>
On Mon, {P} <{E}> wrote:
On Fri, Nov {N}, {P} wrote:
> {P} wrote:
{E} ({P})
{P} ({E})
{P}, {E}, {H}
{P};{E};{H};{C}
"{P}",{E},{N}
{P} | {E} | {H}
{{"name": "{P}", "email": "{E}"}}
<b>{P}</b>
my details: {P}, {E}
contact: {P} - {B}
contact {P} for details
Contact person: {P}
please contact {P} at {E}
you can reach {P} at {H}
you can reach me via {P}
please call {P} on {H}
ask for {P} at the desk
please talk to {P} about it
I already spoke to {P}
I spoke with {P} on the phone last week
I talked to {F} in billing and {F} in support
{F} from your team told me that {B}
your colleague {P} promised a refund
your agent {F} was very rude
{P} in your support told me {B}
the technician, {P}, never came
{F} said that it would be fixed
As {F} said, {B}
{P} said it was fine
according to {P}, this is normal
I already gave you {P} last week
remove {P} from your records
please remove {P} from the account and add {P}
is {P} still on my account?
is {P} still working there?
add {P} as a user
invite {P} to the workspace
the card holder is {P}
cardholder name {P}
name on the card: {P}
the name on the account should be {P}
the account is in the name of {P}
change the name to {P}
change my name from {P} to {P}
please correct it to {P}
my name is spelled {P}, not {P}
the booking is under {P}
reservation for {P}, {N} nights
passenger {P}
passengers: {P}, {P} and {P}
the ticket was issued to {P} instead of {P}
beneficiary: {P}
payee {P}
I sent {N} euros to {P}
transfer {N} to {P} please
transfer from {P} to {P}
money from {P} has not arrived
the invoice was made out to {P}
ship it to {P}, {A}
deliver to {P}
The parcel was handed to {P}
signed for by {P}
my wife {F} can confirm
my husband {P} opened the account
my son {F} used my card
my daughter {F} ordered it
my mother {P} passed away
my father's name is {P}
my boss {P} is waiting
my friend {F} has the same problem
my lawyer {P} will contact you
my doctor, {P}, said so
{P}'s account is locked
{P}'s order never came
{F}'s phone is broken
this belongs to {P}
signed by {P}
written by {P}
a letter by {P}
photo by {P}
a song by {P} and {P}
a book by {P} about {K}
the film stars {P} and {P}
directed by {P}, with {P} as the lead
featuring {P}
a tribute to {P}
In memory of {P}
{P} was born in {C}
{P} lives in {C}
{P} lives at {A}
{P} works for {O}
{P} works as a {J} at {O}
{P} from {O} will join the call
{P}, {J} at {O}, will speak
{J} {P} said on Monday that {B}
{P} joined {O} in {N}
{P} is the new {J}
{P} left {O} for {O}
{P} is a huge {P} fan
{P} and {P} met in {C}
{F} and {F} are here
{F} told {F} about it
{F} asked {F}: "{B}"
"{B}" said {P}.
"{B}", {F} replied
{F}: {B}
{F}: {B}\n{F}: {B}
RT @ {B} {P}
I think {P} is right
I believe {P} did it
I love {P}
Happy birthday {F}!
congratulations {P}
{P} won the prize in {N}
{P} killed in {C}
President {P} and Senator {P}
Judge {P} ruled that {B}
{P} vs {P}
have you seen {P} lately?
do you know {P}?
who is {P}?
What did {P} say?
where is {F}
when will {F} be back
is {F} there?
tell {F} that {B}
ask {F}
give it to {F}
meet {P} tomorrow
follow up with {P} next week
schedule a call with {P}
reminder: call {F}
call {F}
text {F} that i am late
email {P} about the contract
cc {P}
fwd: {P}
Attn: {P}
c/o {P}
Re: {P}
the manager is {P}
our {J} is {P}
Your {J}, {P}, approved it
My grandmother was called {P}
he is called {P}
her name was {P}
His name is {P}, he is {N}
she goes by {F}
named {P}
known as {P}
Ms {P} and Mr {P}
{P} Jr. and {P}
- {P}\n- {P}\n- {P}
1. {P}\n2. {P}
{P}, {P}, {P} and {P} attended
{P}\n{J}\n{O}\n{H}\n{E}
{P}\n{O}\n{A}
{P}\n{A}
{P}\n\n{A}
{P}\n{A}\n{H}
> {P}\n> {O}\n> {A}
{P}, {A}
{P} {A}
{P} {A} {H}
{B}\n{P}\n{N}\n{B}
hi\n{B}\n{P}\n{B}\n{H}
hello\n{B}\nmy name is {P}\n{N}\n{B}
{B}\n{P} {N}
{B}\nname {P} {R}
this is {P} order {R}
{R} {P}
regarding {R} for {P}
the form was filled in by {P}, delete it
{N} was entered by {F}, please check
whatsapp {H} {F}
{H} {F}
Bonjour, je m'appelle {P}. {B}
Je suis {P} et ma commande {R} n'est pas arrivée
Cordialement,\n{P}
Merci, {F}
Madame, Monsieur, je soussigné {P}
bonjour {F}
Mon nom est {P}
Guten Tag, mein Name ist {P}.
Hallo, ich bin {P} und habe eine Frage
ich heiße {P}
Hallo {F}, vielen Dank
Sehr geehrter {P},
Mit freundlichen Grüßen\n{P}
Viele Grüße, {F}
LG {F}
Hola, me llamo {P}
mi nombre es {P}
soy {P} y {B}
Saludos,\n{P}
Gracias {F}
Un saludo, {P}
Ciao, sono {P}
mi chiamo {P}
Cordiali saluti,\n{P}
Grazie, {F}
Olá, meu nome é {P}
Obrigado, {P}
Hej, jag heter {P}
Med vänlig hälsning\n{P}
Hei, nimeni on {P}
Hej, mit navn er {P}
Dzień dobry, nazywam się {P}
Pozdrawiam, {F}
Dobrý den, jmenuji se {P}
Üdvözlettel,\n{P}
Hallo, mijn naam is {P}
Met vriendelijke groet,\n{P}
Merhaba, adım {P}
Здравствуйте, меня зовут {P}
С уважением, {P}
{F} {B}
{B} {F}
{B}, {F}?
hey {F}, {B}
ok {F} {B}
yes {F}
no {F} thats all
"""

ADDRESSES = """
{A}
{A}
{A}
{A}
Address: {A}
address {A}
Address:\n{A}
My address is {A}
my new address is {A}
Please update my address to {A}
change my address from {A} to {A}
I moved to {A}
we moved from {A} to {A} last month
I live at {A}
i live in {A} and {B}
She lives on {A}
He lives at {A}.
Ship to: {A}
ship it to {A} please
Please ship it to {A} instead
send it to {A}, thanks
deliver to {A}
deliver it to {A} or cancel
delivery address: {A}
billing address is {A}
Billing: {A}\nShipping: {A}
Please return it to {A} if unclaimed
return address {A}
pick it up at {A}
the package went to {A}
it was delivered to {A} instead of {A}
courier left it at {A}
our office is at {A}
the office is located at {A}
{O}, {A}
{O}\n{A}
{O}\n\n{A}
The shop is at {A}. It is great
The store at {A} was closed
we met at {A}
the house at {A} is for sale
the bank branch on {A}
My house is on {A}, next to the station
He is parked at {A}
go to {A}
taxi to {A}
directions to {A}
is there a branch near {A}
Wohnhaft in {A}
wohnhaft: {A}
Meine Adresse lautet {A}.
meine neue Anschrift: {A}
Lieferadresse: {A}
J'habite au {A}
mon adresse est {A}
Livrez au {A} svp
Mi dirección es {A}
vivo en {A}
il mio indirizzo è {A}
abito in {A}
Meu endereço é {A}
moro na {A}
Min adress är {A}
Moja adresa je {A}
adres: {A}
Mijn adres is {A}
{B}\n{A}
{B}\n{A}\n{B}
{B} {A} {H}
{B}\n{P} {A}\n{H}
{P}, {H}, {A}
{R} to {A}
I need to add an address: {A}
both addresses are wrong: {A} and {A}
here are the addresses: {A}, and {A}
set primary and secondary address to {A}
"""

OTHERS = """
{O} is a {K} investment company
{O} is hiring a {J}
{O} was bought by {O} in {N}
I work at {O}
The {O} website is down
Looking to join {O} in {C}
We love {C}
We moved here from {K}
{K} was great to visit
{C} is a town in {K}
flight from {C} to {C}
the weather in {C}
We flew to {C} last {W}
a trip to {K} in May
I am a {J} from {C}
{J} wanted
ZIP: {N}
zip code {N}
postcode {N}
He is {N} years old
{N} people
born on {N}/{N}/{N}
the year {N}
Act of {N}
at the age of {N}
{W} and {W} are words
the {W} {W} button
Click {W} > {W} > {W}
Go to {W} and press {W}
error in {W}{W}.java line {N}
{W} v{N}.{N}.{N} is out
I use {W} {W} {N}
{W}: {N}
Subject: {W} {W}
Subject: Re: {W} {W}
{W} {W}
{W} {W} {W}
THE {W} IS NOT WORKING
Hi team,
Hi there,
Hello support,
Dear Sir or Madam,
Dear Customer Service,
dear team
Good Morning
Thanks in advance
Thank You
Thanks again!
Many Thanks
Best regards
Kind Regards,
Best Wishes
Sincerely
Guten Tag
Bonjour
Buenos días
Mit freundlichen Grüßen
To Whom It May Concern
Support Team
Customer Service
The Billing Department
Google Pay does not work with my Visa
Apple Pay and Google Pay are both declined
my Top Up failed at the ATM
I paid with Mastercard via PayPal
American Express is not accepted
Amazon Prime and Netflix charged me
Western Union transfer pending
Chase and Wells Fargo both refused
Capital One closed my account
Bank of America called
Discover Card denied
TransUnion, Equifax and Experian report it wrong
Fair Credit Reporting Act
Consumer Financial Protection Bureau
Civil Rights Act
United States of America
New York and Los Angeles
the London office
San Francisco is closed
in May the Austin region was slow
Black Friday code did not apply
the Christmas sale ended in August
Microsoft Teams and Slack do not sync
Google Drive, Dropbox and OneDrive
the Chrome extension on Windows
Safari on iPhone crashes
Android Auto does not connect
Visual Studio Code plugin
Internal Server Error
Bad Gateway
Access Denied
Not Found
Null Pointer Exception
Two Factor Authentication
Single Sign On
Terms of Service
Privacy Policy
Frequently Asked Questions
Getting Started
Premium Plan
the Pro plan and the Business plan
Gold Member
Order Confirmation
Invoice Attached
Delivery Failed
Payment Declined
Password Reset
Order Number
First Name
Last Name
Full Name
Card Number
Account Number
Date of Birth
Phone Number
Email Address
Personal Info:
Website:
Mobile:
Fax:
Address:
SELECT * FROM Users WHERE Id = {N}
Total Due
Tax Included
I Want A Refund
WHERE IS MY ORDER
I AM VERY ANGRY
PLEASE HELP
WHY WAS I CHARGED TWICE
Please Call Me
My Card Is Not Working
How Do I Activate My Card
hai
hii
hai {W}
thankyou
thankyou so much
okey bye
okay thankyou
nopes thats all
thanku
pls asap
by cheque
change GBP to {G}
hold {G} and {G}
correct the spelling of the word: {W}
define {W}
what is the meaning of {W}
{W} cuisine
{L} restaurant
speak {L}
how do you say hello in {L}
translate this to {L}
i want to learn {L}
travel time to {C}, {K}
how long is the flight to {C}
what is the time in {C}
book a table at {G} for {N}
confirm my reservation at {C}
reservation at {O} for {N} people
hotel in {C} from {D} to {D}
I have a {G} card
my {G} account was closed
{G} closed my account
I called {G} twice
{G} told me to wait
{G} refused to refund me
a charge from {G}
I bought it at {G}
my {G} and {G} accounts
{G} says it was paid
{G} reported it to {G}
the {G} app keeps crashing
is {G} supported
{G} {W} does not work
from {G} to {G}
connect {G} with {G}
{G} vs {G}
I bank with {G}
send from {G} to {G}
pay by {G}
{G}
i live in {K}
i am from {K}
the {K} government
a {K} restaurant
the {W} of {K}
The Prince arrived at the airport
Labor Day sale
Mother's Day
Super Bowl Sunday
Harry Potter and Star Wars posters
Entertainment Weekly, New York Times and Rolling Stone
the University of {C}
{C} Airport
{C} Hotel
{C} Street Hotel is full
Will this work?
Will you Mark it as done
May I know why
Grant me access
Bill me later
Rose gold case
Hope this helps
Joy and Faith are virtues
Please Mark
Amber alert
Summer dress in Olive
Jasmine rice and Basil
Ginger tea
Dawn dish soap
Jordan shoes
Paris fashion
Georgia font
Victoria line
Chelsea boots
Virginia tobacco
Dallas time zone
Sydney region
Madison Square Garden
Washington DC
"""

COMPANIES = """
Wells Fargo, Bank of America, Capital One, Western Union, JP Morgan, Morgan Stanley, Goldman Sachs, American Express,
Ally Bank, Charles Schwab, Navy Federal, BMO Harris, Deutsche Bank, Credit Suisse, Royal Mail, Best Buy, Home Depot,
Burger King, Pizza Hut, Taco Bell, Red Lobster, Olive Garden, Johnson & Johnson, Procter & Gamble, Rolls Royce,
Louis Vuitton, Calvin Klein, Tommy Hilfiger, Ralph Lauren, Hugo Boss, Michael Kors, Marks and Spencer, John Lewis,
Dr Pepper, Ben & Jerry's, Papa John's, Wendy's, Macy's, Trader Joe's, Sam's Club, Dick's, Kohl's, Lowe's, Harley Davidson,
Aston Martin, Land Rover, Alfa Romeo, Google Pay, Apple Pay, Samsung Pay, Google Maps, Microsoft Teams, Visual Studio,
Adobe Acrobat, Norton, McAfee, Dave, Chime, Klarna, Affirm, Synchrony, Citi, Citibank, USAA, NetSpend, Navient, Ocwen,
Nationstar, Ditech, Portfolio Recovery, Midland Credit, LexisNexis, Lexington Law, Credit Karma, Rocket Mortgage
"""

LANGUAGES = """
mandarin cantonese navajo hindi urdu bengali tamil telugu swahili hebrew arabic persian farsi latin klingon welsh gaelic
thai vietnamese korean japanese esperanto yoruba zulu cherokee hawaiian maori creole
"""

WORDS = """
Settings Account Profile Dashboard Billing Reports Export Import Upload Download Search Filter Invoice Payment Checkout
Cart Order Orders Refund Delivery Shipping Tracking Support Help Contact Chat Ticket Login Logout Password Security Privacy
Notifications Calendar Inbox Messages Team Workspace Project Board Task Sprint Roadmap Backlog Release Version Update
Install Setup Config Server Client Database Table Query Index Cache Queue Worker Pipeline Deploy Cluster Node Service
Gateway Proxy Router Token Session Cookie Header Request Response Error Warning Exception Timeout Retry Webhook Plugin
Extension Widget Button Menu Page Screen Window Tab Panel Form Field Label Icon Image Video Audio File Folder Document
Sheet Slide Template Theme Color Font Layout Chart Graph Report Summary Total Tax Price Discount Coupon Voucher Gift Card
Credit Debit Balance Transfer Deposit Withdrawal Exchange Rate Fee Charge Limit Loan Mortgage Insurance Policy Claim
Premium Basic Standard Pro Enterprise Plus Free Trial Plan Subscription Membership Renewal Cancel Upgrade Downgrade
Wisdom Freedom Peace Love Truth Discipline Patience Honor Science History Music Art Nature Winter Autumn Spring Summer
Sunday Monday Tuesday English French German Spanish Italian Chinese Internet Mobile Phone Tablet Laptop Printer Camera
Battery Charger Cable Screen Keyboard Mouse Speaker Headset Router Modem Wallet Top Up Cash Back Direct Pay Fast Smart
Instant Express Priority Economy Business Class Flight Hotel Car Rental Train Bus Ticket Seat Gate Terminal Boarding
Luggage Visa Passport Customs Pizza Burger Coffee Salad Chicken Menu Delivery Store Shop Market Mall Street Avenue
"""

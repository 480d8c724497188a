"""Payment cards, their PINs and their loss."""

from bot.domain.drafting.kinds.kind import kinds

CARDS = kinds(
    r"""
card delivery
  words    \bcards?\b.{0,60}\b(?:arriv\w*|deliver\w*|track\w*|mail\w*|come|came|receiv\w*|reciev\w*
           |dispatch\w*|post)\b
  words    \b(?:deliver\w*|track|receiv\w*|get|got|gotten|mail\w*|expect\w*|waiting)\b.{0,25}\bcard\b.{0,20}$
  record   the dispatch record
  facts    the dispatch date; the carrier where the card is tracked; the expected arrival as a date
           range
  causes   an address that failed its check; a card still in production; a letter the post returned
  remedy   send a replacement card
  rules    the delivery time in working days; the countries served; the price of express delivery
  check    the postal address on file
  missing  no card order is on the account
  invent   a delivery date

pin
  words    \bpins?\b
  noun     PIN
  record   the card's PIN status
  facts    whether the PIN is blocked; the attempts left; the places where it can be unblocked
  causes   three wrong entries; a new card whose PIN was not read yet
  remedy   give the way to unblock it that needs no letter
  rules    the places where a PIN can be changed; the countries where that works
  check    the card the PIN belongs to
  missing  the person cannot be recognised as the cardholder
  invent   or show a PIN
  stakes   safety

virtual card
  words    \b(?:virtual|disposable)\b
  record   the virtual card's settings
  facts    whether the card is active; the payments left on it; its spending limit
  causes   a one-time card already used; a merchant that refuses prepaid cards
  remedy   create a fresh card
  rules    the number of cards allowed; the payments per card; where they are refused
  check    the kind of card wanted
  missing  the account type has no virtual cards
  invent   a limit

spare card
  words    \b(?:spare|second|additional|another|extra|more) (?:\w+ )?cards?\b
  words    \b(?:daughter|son|wife|husband|kids?|child\w*|family|friend)\b.{0,40}\bcard
  noun     extra card
  record   the list of cards on the account
  facts    the cards already issued; who holds each
  causes   a plan without extra cards
  remedy   order it to the address on file
  rules    the number of extra cards; the price of each; who may hold one
  check    the name to print
  missing  the plan allows no further card
  invent   an approval

contactless
  words    \b(?:contactless|tap)\b
  noun     contactless payment
  record   the card's contactless setting
  facts    whether contactless is on; the amount left before a PIN is asked
  causes   a limit that calls for a PIN; a setting turned off; a worn chip
  remedy   say how to switch it on again with one PIN payment
  rules    the amount per tap; the total before a PIN
  check    the card in question
  missing  the terminal sent no reply code
  invent   a fault in the shop's terminal

card expiry
  words    \bexpir\w+\b
  record   the card's expiry and reissue record
  facts    the expiry month; the date the new card is sent; whether the PIN stays the same
  causes   a reissue that has not started; an outdated address
  remedy   start the reissue early
  rules    how long before expiry a card is reissued; the price of an early one
  check    the address for the new card
  missing  the reissue has not been scheduled
  invent   an expiry date

card activation
  words    \bactivat\w+\b
  record   the card's activation status
  facts    whether the card is active; when the activation was tried
  causes   a number typed wrongly; a card reported lost before
  remedy   activate it with the code printed in the letter
  rules    the ways to activate; the time until the first payment
  check    the last four digits
  missing  the card is not linked to this person
  invent   that a card is active

card link
  words    \b(?:link\w*|re-?add\w*|put .* back|see .* card .*app|found my card
           |find my card)\b.*\b(?:card|app|account)\b
  record   the list of linked cards
  facts    the cards linked now; the one last removed
  causes   a card marked lost; a card linked to another account
  remedy   link it again in the app
  rules    the cards that can be linked; how many at once
  check    the card number's last digits
  missing  the card was reported lost
  invent   that a card is linked

swallowed card
  words    \b(?:swallow\w*|ate my|kept my card|took my card|retain\w*|stuck in)\b
  noun     retained card
  record   the machine's retention record
  facts    the machine that kept the card; whether the bank owning it will return it
  causes   an expired card; three wrong PINs; a fault in the machine
  remedy   freeze the card and send another
  rules    who may return a retained card; the days it takes
  check    the machine and the time
  missing  the machine belongs to another bank
  invent   that the card comes back
  stakes   safety

lost or stolen
  words    \b(?:lost|los[et]|stolen|stole|missing|misplaced|robbed|mugged)\b.{0,40}\b(?:card|phone
           |wallet)\b
  words    \b(?:card|phone|wallet)\b.{0,30}\b(?:lost|stolen|missing|gone)\b
  noun     lost or stolen card
  record   the card's freeze status and latest payments
  facts    that the card is frozen; the payments since it was last in hand; the arrival of the new card
  causes   loss; theft
  remedy   freeze first, then ask which payments are not theirs
  rules    the liability for payments before the freeze; the price of a new card
  check    the card or phone that is gone
  missing  the person cannot be recognised
  invent   that nothing was spent
  stakes   safety

fraud
  words    \b(?:fraud\w*|hacked|compromis\w+|someone (?:else )?(?:is |has |may |might )?\w+
           |unauthori[sz]ed|scam\w*|not (?:me|mine|authori[sz]ed?))\b
  noun     unauthorised use
  record   the security log and the latest payments
  facts    the payments in doubt; the device and place of each; the state of the freeze
  causes   card data taken online; a phished code; a shared device
  remedy   freeze the card, then open a case
  rules    who bears the loss; the days a case takes
  check    the payments that were theirs
  missing  the security log shows no foreign access
  invent   that the money will come back
  stakes   safety

mobile wallet
  words    \b(?:apple (?:pay|watch)|google pay|samsung pay|wallet|e-?pay)\b
  record   the device's wallet registration
  facts    whether the card is in the wallet; the device it was added to
  causes   a device that is too old; a card type left out; a code that was not confirmed
  remedy   add the card again and confirm the code
  rules    the devices and cards that work; the countries covered
  check    the device model
  missing  the wallet provider sent no reason
  invent   that a device works

card acceptance
  words    \b(?:accept\w*|merchants?|stores?|shops?|where can i use|visa|mastercard)\b
  record   the card scheme's acceptance list
  facts    the scheme printed on the card; the places that take it
  causes   a merchant that takes one scheme only
  remedy   name another way to pay
  rules    the schemes offered; how the scheme is chosen; where it is refused
  check    the scheme wanted
  missing  the merchant's rules are not known
  invent   that a shop takes the card

card trouble
  words    \bcards?\b.{0,40}\b(?:work\w*|broken?|damaged|declin\w*|fail\w*|block\w*)\b
  words    \b(?:broken?|damaged|unable)\b.{0,40}\bcards?\b
  noun     card
  record   the card's state and its last reply codes
  facts    whether the card is active, frozen or replaced; the last refusal and its reason
  causes   a frozen card; a worn chip; an expired date
  remedy   give the test that tells a bad card from a bad terminal
  rules    what a replacement costs; how long it takes
  check    the card meant
  missing  no refusal is in the log
  invent   a fault

card order
  words    \b(?:order|get|new|replacement|physical|apply|request|want|need)\b.{0,30}\bcards?\b
  record   the card order form
  facts    whether an order is open; the card type; the address it goes to
  causes   an address not confirmed; a plan without that card
  remedy   place the order and give its number
  rules    the card types; the price; who qualifies
  check    the card type and the address
  missing  the plan does not include that card
  invent   an approval
"""
)

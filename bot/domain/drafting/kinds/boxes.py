"""What companies that sell and send things are asked: subscriptions, parcels, damage, charges, refunds."""

from bot.domain.drafting.kinds.kind import kinds

BOXES = kinds(
    r"""
lock date
  words    \b(?:cut-?off|dead ?lines?|lock(?:ed|s|ing)?(?: (?:day|date|time))?|last (?:day|moment|chance)
           |too late|until when)\b
  noun     lock date
  record   the box calendar on the account
  facts    the day and hour the box locks; whether it is locked now; what can still be changed
  causes   a box already locked; a time given in another time zone; a change that was not saved
  remedy   apply the change to the next box that is open
  rules    the hour at which boxes lock; what a lock still lets through; who may open a locked box
  check    the box meant and the change wanted
  missing  the calendar shows no open box
  invent   a lock day
  stakes   money
  want     know when my next box locks
  act      STATUS

skip
  words    \b(?:skip\w*|(?:no|without an?|leave out|miss) (?:\w+ )?(?:box|delivery|shipment|crate|bag)
           |roll over)\b
  noun     skipped box
  case     \b(?:find|button|where|greyed|charged?|still|came|payment)\b
  given    cannot find the button or doubts that the skip was taken
  then     reads back the box skipped, the next box and the next payment as the calendar holds them
  record   the box calendar on the account
  facts    which box is skipped; the day the next one comes; whether a payment is still taken
  causes   a box already locked; a skip that was not saved
  remedy   skip the next box that is still open
  rules    until when a box can be skipped; how many in a row; what happens to a box paid for
  check    the box to skip
  missing  the next box is already locked
  invent   that a box was skipped
  stakes   money
  want     skip my next box before it locks
  act      ACTION

pause
  words    \b(?:un-?)?paus\w+\b|\b(?:hold|stop|suspend\w*|put on hold) (?:my |all |the )?(?:deliver\w+|boxes
           |subscription|shipments?|membership)\b|\b(?:resume|restart|reactivate) (?:my )?(?:boxes|deliver\w+
           |subscription)\b|\bgreyed out\b
  noun     pause
  case     \b(?:find|button|where|greyed|shows?|only cancel|still)\b
  given    cannot find the pause or sees it not taken
  then     names the screen and the button by their labels and reads back the state now stored
  record   the subscription record
  facts    whether it is paused; the first day without a box; the day it starts again
  causes   a box already locked; a pause that was not saved; a button that shows only cancelling
  remedy   pause from the next open box and read back the day
  rules    how long a pause may last; until when it must be set; what is charged meanwhile
  check    the first and last day of the pause
  missing  the next box is already locked
  invent   that the subscription is paused
  stakes   money
  want     pause my subscription without cancelling it
  act      ACTION

subscription cancellation
  words    \bcancel\w*\b(?!.{0,30}\b(?:order|purchase|newsletter|account)\b)|\b(?:not renew\w*|close (?:it
           |my account)|leaving you|end my (?:subscription|contract|membership|plan))\b
  noun     cancellation
  case     \b(?:already|still|again|after|paid|fee|refund\w*|early)\b
  given    asks what is still sent or paid after cancelling
  then     lists each box and payment still to come with its date, or says that there is none
  record   the subscription record
  facts    whether it is cancelled; the last box or day paid for; the date of any payment still to come
  causes   a cancellation made after the lock date; a second subscription on another address
  remedy   cancel it and send the confirmation in writing
  rules    the notice needed; what is still sent; whether a fee applies
  check    the subscription meant and the wish to cancel
  missing  no subscription is on the address given
  invent   that it was cancelled
  stakes   money
  want     cancel my subscription with a written confirmation
  act      ACTION

box delivery
  words    \b(?:where|has|when|any news|any update|status|eta|track\w*|update)\b.{0,40}\b(?:box|crate|kit
           |package|parcel|order|delivery|pods?|refill|replacement)\b
  words    \b(?:box|crate|kit|package|parcel|order|delivery)\b.{0,60}\b(?:not (?:here|come|arrived|turned)
           |hasn'?t|never|late|lost|sent|shipped|arriv\w*|due|left|yet|on its way|news|missing)\b
  words    \b(?:where|status|update|news|ship\w*|sent)\b.{0,30}\[ORDER|\[ORDER\w*\].{0,40}\b(?:update|update
           |way|not|where|status|sent|leave|left|lost)\b
  words    \b(?:where (?:is|are) (?:it|they)|what(?:'?s| has)? happened to|chase|ring|trace|get here|warehouse
           |lost in (?:the )?(?:post|transit)|not the sender)\b
  words    \b(?:courier|carrier|tracking|out for delivery|label created|depot|neighbou?rs?|signed for
           |said delivered|marked (?:as )?delivered|on (?:its|their) way|any update|next door)\b
  noun     delivery
  case     \b(?:delivered|signed|neighbou?rs?|safe place|next door|somebody else)\b
  given    says that it counts as delivered or went to somebody else
  then     says where, when and to whom it was handed, and opens a search where that is not the person
  record   the order record and the carrier's tracking
  facts    the carrier's last scan; the expected delivery day; where the parcel was left
  causes   a parcel not yet handed to the carrier; a parcel held at a depot; a parcel left with somebody
           else
  remedy   open a search with the carrier or send it again
  rules    the days from order to door; the hours until a scan shows; when a parcel counts as lost
  check    the order number and the delivery address
  missing  the carrier shows no scan
  invent   a delivery day
  want     know where my [order] is
  act      STATUS

damaged on arrival
  words    \b(?:crack\w*|broken?|snapped|damag\w+|shatter\w*|smash\w*|split|dent\w*|bent
           |in (?:two|three) pieces|missing (?:a |the )?(?:part|piece)s?|faulty)\b
  noun     damaged part
  case     \b(?:again|two now|second|another|tape|glue|hold|usable|still use)\b
  given    says that it broke again or that it is in use meanwhile
  then     says whether it may be used until the replacement comes, and why the next one will hold
  record   the order record and the parts list
  facts    which part is replaced; the day the replacement is sent; whether the broken part must come back
  causes   damage on the way; a fault of the part itself; a box packed too tightly
  remedy   send the replacement part
  rules    the days in which damage is replaced free; whether a photo is needed; the price of the part alone
  check    the part, the order and a photo
  missing  the order number is not found
  invent   that a replacement was sent
  want     get the damaged [part] replaced
  act      ACTION
  intent   problem

wrong charge
  words    \b(?:charged|billed|debited|taken|took|paid|payments?|payment went through)\b.{0,40}\b(?:twice
           |double|two times|again|skipped|cancel\w*|paused|free|never|wrong|for nothing)\b
  words    [$£€] ?\d[\d.,]*.{0,30}\b(?:taken|twice|charged?|debit\w*|each|instead|not)\b|\b(?:taken?|took
           |charged?|billed|debit\w*|payments?)\b.{0,20}[$£€] ?\d|\bon my (?:bank )?statement\b
  words    \b(?:(?:taken|charged|billed) twice|two payments|double charge\w*|(?:charged|billed) (?:for
           |after|me|my)|what (?:is|are) .{0,40}\bstatement|dispute|charged|deleted card|authori[sz]ed)\b
  noun     charge
  case     \b(?:skip\w*|cancel\w*|paus\w*|free|trial)\b
  given    says that the box was skipped, paused, cancelled or free
  then     sets the day of that change beside the day of the charge and says which came first
  record   the payment record beside the order record
  facts    each charge with its date and order; the charge that has no order behind it; the day it is paid
           back
  causes   a second attempt after a timeout; a box locked before it was skipped; a trial that ended
  remedy   pay back the charge without an order behind it
  rules    when a box is charged; the days in which a wrong charge goes back; where the money goes
  check    the amount and the date of each charge
  missing  no charge of that amount is on the account
  invent   that a charge was right
  stakes   money
  want     get a wrong charge paid back
  act      DISPUTE

refund of a return
  words    \b(?:refunds?|refunded|money back|pay(?:ing)? back|credited|reimburs\w*
           |restitution|rebates?|compensat\w+)\b
  words    \breturns?\b.{0,30}\b(?:arriv\w*|received|label|sent|status|back)\b
  noun     refund
  case     \b(?:short|half|less|only|instead|missing|expir\w*|deleted|old card)\b
  given    says that the sum is short or went to a card no longer held
  then     sets each sum taken off beside the rule for it and names the account the money went to
  record   the return and refund record
  facts    whether the return is checked in; the amount sent back and its date; the day it should show
  causes   a return not yet checked in; a card that has expired; postage that is not paid back
  remedy   send it again by a way that works
  rules    the working days a refund takes; what is taken off it; where it is sent
  check    the order and the amount expected
  missing  no return is checked in for the order
  invent   a refund date
  stakes   money
  want     know when my refund comes
  act      STATUS

gift code
  words    \b(?:gift|voucher|promo|discount|referral)\b.{0,30}\b(?:codes?|cards?|vouchers?|work\w*|invalid
           |expired?|sub\w*|price|send|balance)?\b
  words    \b(?:coupon|voucher|promo)\b|\bcode\b.{0,20}\b(?:not|invalid|expired|rejected|won'?t)\b
  noun     gift code
  record   the code register
  facts    whether the code is valid; what it is worth; the day it expires
  causes   a code already used; a code that has expired; a code for another plan or country
  remedy   apply the code or send a new one
  rules    what a code can be used for; how long it lasts; whether codes add up
  check    the code as printed
  missing  the code is not in the register
  invent   the worth of a code
  stakes   money
  want     know what my code is worth
  act      INFORMATION

new address
  words    \b(?:mov(?:ed|ing)(?: house)?|new address|delivery address|second address|old (?:address|place)
           |postcode|(?:deliver|send) (?:it )?to (?:my|a|an|another))\b
  noun     delivery address
  record   the address on the account
  facts    the address each open box goes to; the first box the change reaches; whether billing stays
  causes   a box already locked; a postcode the form does not know
  remedy   change the address from the next open box
  rules    until when a box can be redirected; where it can be delivered; how to keep two addresses
  check    the full new address and the first box it is for
  missing  the next box is already on its way
  invent   part of an address
  want     send my boxes to a new address
  act      ACTION
"""
)

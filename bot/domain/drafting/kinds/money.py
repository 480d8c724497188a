"""Payments, transfers, fees and accounts at a bank."""

from bot.domain.drafting.kinds.kind import kinds

MONEY = kinds(
    r"""
card payment
  words    \b(?:card )?(?:payments?|purchases?|transactions?)\b
  noun     payment
  record   the payment record
  facts    whether the payment is pending, settled or reversed; the merchant and the amount; the date
           by which a pending payment settles or drops off
  causes   a limit reached; a card detail typed wrongly; a block set by the merchant's bank
  remedy   say which step lets the next attempt pass
  rules    the limit per payment; the merchants and countries where it applies
  check    the merchant, the date and the amount
  missing  no payment in the record matches the ticket
  invent   a settlement date
  stakes   money

cash withdrawal
  words    \b(?:(?:get|got|give|gave|take|took|receiv\w*|dispens\w*) (?:\w+ ){0,3}cash
           |cash (?:withdr\w*|machine)|atms?|withdr[ae]w\w*|cash ?point)\b
  record   the cash-machine record
  facts    the machine's reply code; the amount dispensed; the amount booked to the account
  causes   the daily cash limit; a machine outside the network; a wrong PIN entry
  remedy   name a machine or an amount that will work
  rules    the daily cash limit; the machine networks covered; the free withdrawals left this month
  check    the machine, the time and the amount
  missing  the machine's journal has not come in yet
  invent   how much cash the machine paid out
  stakes   money

payment cancellation
  words    \b(?:cancel\w*|revert|stop|undo|reverse|wrong (?:account
           |person))\b.{0,40}\b(?:transfers?|transactions?|payments?)\b
  words    \b(?:transfers?|transactions?|payments?)\b.{0,60}\b(?:cancel|wrong (?:account|person)|undo)\b
  noun     cancellation
  record   the payment queue
  facts    whether it has left the account; the minutes left to stop it; the way to ask for it back
  causes   a payment already sent; an instant transfer
  remedy   stop it where it is still queued, else ask the receiving bank to return it
  rules    until when it can be stopped; the kinds that cannot
  check    the recipient, the amount and the wish to stop it
  missing  the payment has already been sent
  invent   that the money comes back
  stakes   money

transfer
  words    \b(?:transfers?|transferr\w+|beneficiary|recipients?|swift|sepa|wire)\b
  record   the transfer record
  facts    whether the money has left the account; the receiving bank's reply; the date the money is
           due there
  causes   account details that do not match; a receiving bank that refused; a review that is still
           open
  remedy   say what to correct before sending again
  rules    the cut-off time; the working days it takes; the countries reached
  check    the recipient, the account number and the amount
  missing  the receiving bank has not answered
  invent   that the money has arrived
  stakes   money

top-up
  words    \btop(?:ped|ping)?[ -]?ups?\b|\btopp(?:ed|ing)\b
  record   the top-up record
  facts    whether the card issuer approved the top-up; the amount credited; the time the balance will
           show it
  causes   a refusal by the card's own bank; a limit for new accounts; a failed security check
  remedy   say whether the money was taken and when it comes back
  rules    the smallest and largest top-up; the cards and methods taken; the limit over thirty days
  check    the card used and the amount
  missing  the paying card's bank sent no reason
  invent   that the money was never taken
  stakes   money

refund
  words    \b(?:refund\w*|reimburs\w+|money back|restitution|rebates?|compensat\w+)\b
  record   the refund record
  facts    the date the merchant sent the refund; the amount; the working days the bank still needs
  causes   a merchant that has not released it; a refund sent to an older card; a return not yet
           checked in
  remedy   give the reference to quote to the merchant
  rules    the days allowed to ask; the goods or services left out; where the money goes back to
  check    the purchase and the amount to be returned
  missing  no refund has been sent by the merchant
  invent   a payout date
  stakes   money

direct debit
  words    \bdirect debits?\b|\bstanding orders?\b|\bmandates?\b
  record   the mandate on file
  facts    the company that collected; the date the mandate was given; the amount of each collection
  causes   a mandate given under a trading name; a collection after cancellation
  remedy   cancel the mandate and claim the money back
  rules    the weeks within which a collection can be reclaimed; the way to block a collector
  check    the collector and the amount
  missing  no mandate is on file for the collector
  invent   who gave the mandate
  stakes   money

exchange rate
  words    \b(?:exchange rates?|rates?|conversion|converted|currency exchange)\b
  record   the rate table of that day
  facts    the rate applied; the time it was fixed; the mark-up over the interbank rate
  causes   a weekend mark-up; a rate fixed when the payment settled; a conversion done by the merchant
  remedy   show the sum line by line
  rules    the source of the rate; the hours in which it is updated; the currencies it covers
  check    the two currencies and the amount
  missing  the rate of that moment was not stored
  invent   a rate

currency
  words    \b(?:currenc\w+|fiat|euros?|dollars|gbp|usd)\b
  record   the list of supported currencies
  facts    the currencies held; the currencies that are converted; the rate used
  causes   a currency outside the list; a card locked to one currency
  remedy   name the nearest supported currency
  rules    the currencies that can be held; those that can only be spent; the cost of each exchange
  check    the currency to hold
  missing  the currency is not on the list
  invent   that a currency is supported

fee
  words    \b(?:extra|additional|unknown|strange|weird|random)\b.{0,25}
           \b(?:charges?|fees?|pound)\b.{0,25}\b(?:statement|account)\b
  words    \b(?:fees?|charged?|charges|extra (?:pound|£|\$|€)|surcharges?)\b
  record   the fee schedule and the booked charge
  facts    the name of the fee; its amount; the transaction it belongs to
  causes   a cross-border purchase; an allowance used up; a merchant's own surcharge
  remedy   show how to avoid it next time
  rules    the amount or percentage; what triggers it; the free allowance
  check    the charge in question
  missing  the charge matches no line of the fee schedule
  invent   a fee or a waiver
  stakes   money

deposit
  words    \b(?:cheques?|checks?|deposit(?:ed|s)?|balance)\b
  noun     balance
  record   the account ledger
  facts    the booked balance; the amount still being cleared; the day it becomes available
  causes   a cheque still clearing; a deposit made after the cut-off; a reference that was missing
  remedy   say when to look again
  rules    the clearing time in working days; the branches or machines that take deposits
  check    the deposit slip or reference
  missing  the ledger shows no such deposit
  invent   a cleared amount
  stakes   money

identity check
  words    \b(?:verif\w*|identi(?:ty|fication)|prove who|proof of id\w*)\b|\bID\b
  record   the verification case
  facts    the step the check has reached; the document that is missing; the usual time for a decision
  causes   a blurred photo; a name that differs from the account; a document type not taken
  remedy   say exactly which photo or document to send again
  rules    the documents taken; the reason the law asks for it; what stays closed until it is done
  check    the document type
  missing  the reviewer has recorded no reason
  invent   that somebody is verified
  stakes   safety

source of funds
  words    \bsources? of (?:my |the )?(?:funds|money)\b|\bwhere (?:my|the) (?:money|funds) come
  record   the compliance request
  facts    the document asked for; the deadline; what is limited meanwhile
  causes   an unusual inflow; a yearly review
  remedy   list the papers that settle it
  rules    the papers taken; the amounts from which they are asked
  check    the inflow in question
  missing  the compliance request cannot be shown
  invent   a compliance decision
  stakes   safety

passcode
  words    \b(?:pass ?codes?|passwords?|log ?in|sign ?in|pwd|locked out|username)\b
  noun     access
  record   the sign-in log
  facts    whether the sign-in is locked; the time of the last attempt; the recovery channels on file
  causes   too many attempts; a changed phone; a forgotten address
  remedy   send a reset link to the address on file
  rules    the recovery channels; how long a link stays valid
  check    the e-mail address or phone on file
  missing  the person cannot reach the address on file
  invent   or reveal a secret
  stakes   safety

account closing
  words    \b(?:close|closing|terminat\w+|delete|remov\w+|deactivat\w+
           |cancel\w*)\b.{0,25}\b(?:account|profile|user)\b
  record   the account's balance and open items
  facts    the balance to pay out; the open payments; the date the account closes
  causes   an open balance; a payment still pending
  remedy   say what must be settled first
  rules    the notice needed; what is kept by law and how long
  check    the account and the wish to close it, a second time
  missing  payments are still open
  invent   that data are deleted
  stakes   money

account opening
  words    \b(?:open\w*|creat\w+|set(?:ting)? up|make|register\w*)\b.{0,25}\b(?:account|user|profile)\b
  words    \bage\b|\bhow old\b|\bchild\w*\b|\bkids?\b|\bdaughter\b|\bson\b|\b18\b
  record   the opening conditions
  facts    the step the application has reached; the paper still missing
  causes   an age below the limit; a country not served
  remedy   give the date from which it is possible
  rules    the lowest age; the papers needed; the kinds of account
  check    the holder's age and country
  missing  the person's age is not known
  invent   an exception

personal details
  words    \b(?:address|phone number|personal|details|profile|my name|last name|surname|email
           |e-mail|moved|married)\b
  record   the customer profile
  facts    the detail on file; the date of its last change
  causes   a change that needs proof; a field locked by a check
  remedy   take the new value and ask for the one proof it needs
  rules    the details that can be changed alone; the proof each one needs
  check    the old and the new value
  missing  the person cannot be recognised
  invent   or repeat a detail from the file
  stakes   safety

country support
  words    \b(?:countr\w+|abroad|europe\w*|overseas|international\w*|residents?|in the us|uk|eu
           )\b
  noun     country coverage
  record   the list of countries served
  facts    whether the country is served; what differs there
  causes   a country outside the licence; a residence rule
  remedy   name the nearest thing that works there
  rules    the countries served; the residence needed; what does not work abroad
  check    the country of residence
  missing  the country is not on the list
  invent   coverage

incoming money
  words    \b(?:salary|wages|paycheck|paid|receiv\w+ money|money from|friends?)\b
  record   the incoming payments list
  facts    the sender; the expected booking day; the currency it is booked in
  causes   a wrong account number; a payroll cut-off
  remedy   give the account details the sender needs
  rules    the account details to pass on; the senders allowed; the days it takes
  check    the sender and the amount
  missing  nothing with that sender is on its way
  invent   a booking day
  stakes   money
"""
)

"""Orders, deliveries, returns and invoices."""

from bot.domain.drafting.kinds.kind import kinds

SHOP = kinds(
    r"""
order status
  words    \b(?:track|status|where|eta|arriv\w+)\b.{0,40}\b(?:order|purchase|package|parcel|item)\b
  words    \b(?:order|purchase|package|parcel)\b.{0,40}\b(?:status|eta|arriv\w+|track\w*)\b
  noun     order
  record   the order record
  facts    the order's state; the carrier's last scan; the expected delivery day
  causes   an item out of stock; a parcel held by the carrier
  remedy   start a search with the carrier
  rules    the hours until a scan appears
  check    the order number
  missing  the order number is not found
  invent   a delivery day

order cancellation
  words    \b(?:cancel\w*|call off|countermand|afford|no longer (?:want|need)
           |pay)\b.{0,40}\b(?:order|purchase|item|article)\b
  noun     cancellation
  record   the order's shipping state
  facts    whether it can still be stopped; the amount to be returned
  causes   a parcel already handed over; an item made to order
  remedy   stop it, or explain how to return it
  rules    until when it can be stopped; the cost of stopping it
  check    the order number, a second time before it is final
  missing  the parcel has left the warehouse
  invent   that an order was stopped
  stakes   money

order change
  words    \b(?:chang\w+|add\w*|remov\w+|edit\w*|modif\w+|swap\w*|updat\w+
           |correct\w*)\b.{0,40}\b(?:order|purchase|items?|articles?|products?)\b
  record   the order's item list
  facts    the items now in the order; the new total; the effect on delivery
  causes   an order already packed
  remedy   make the change and show the new total
  rules    until when items can be changed
  check    the item to add, drop or swap
  missing  the order is already packed
  invent   a new total
  stakes   money

order placing
  words    \b(?:buy\w*|ordering|purchas\w+|shop\w*|acquir\w+)\b|\b(?:mak\w+|plac\w+|submit\w*|do(?:ing)?|to
           |can i|i|please|and|put in|without|with|new|an|first)(?: an?| my| some| the)? order\b
           |\border (?:an?|some|several|multiple|these|this|two|more|items?|products?|articles?|something)\b
  noun     order
  record   the catalogue and the basket
  facts    the item's price; its stock; the delivery day
  causes   an item out of stock; a basket that expired
  remedy   put the item in the basket and show the total
  rules    the smallest order; the stock; the payment ways
  check    the item, the number and the delivery address
  missing  the item is not in the catalogue
  invent   a price or stock
  stakes   money

delivery
  words    \b(?:deliver\w*|shipping|shipments?|ship(?:ped|s)?|courier)\b
  record   the delivery options for the address
  facts    the delivery range in days; the carrier; the cost
  causes   a region not served; a holiday
  remedy   deliver it another way
  rules    the countries served; the days each option takes; the cost of each
  check    the delivery address
  missing  the address is not served
  invent   a delivery day

shipping address
  words    \b(?:shipping|delivery|new) address\w*\b|\baddress\b
  noun     delivery address
  record   the address book
  facts    the address now used; the orders it applies to
  causes   a postcode that fails its check; an order already sent
  remedy   save the address and read it back
  rules    until when an open order can be redirected; the countries taken
  check    the full new address
  missing  the order has already left
  invent   part of an address

invoice
  words    \b(?:invoices?|bills?|receipts?)\b
  record   the invoice archive
  facts    the invoice number; its date; the total with tax
  causes   an order not yet billed; a different account
  remedy   send the file to the address on file
  rules    how far back invoices go; which details can be changed
  check    the order or invoice number
  missing  no invoice with that number exists
  invent   an amount

payment method
  words    \b(?:payment (?:methods?|options?|modalit\w+|ways?|types?)|pay (?:with|by|using)
           |allowed payments?)\b
  record   the list of payment methods
  facts    the methods open to this account; the fee of each
  causes   a method not offered in the country
  remedy   name the method that works now
  rules    the methods taken; the countries; the fees
  check    the country and the currency
  missing  the country is not listed
  invent   that a method is taken

payment trouble
  words    \b(?:payments?|pay|checkout)\b
  noun     payment
  record   the payment gateway's log
  facts    the gateway's reply; whether money was taken; the order's state
  causes   a check that timed out; a card refused by its bank
  remedy   tell how to pay without paying twice
  rules    the attempts allowed; the other ways to pay
  check    the order and the amount
  missing  the gateway logged no attempt
  invent   that money was taken or not
  stakes   money

cancellation fee
  words    \b(?:cancell?ation|termination|withdrawal|exit|early)\b.{0,20}\b(?:fees?|charges?
           |penalt\w+|costs?)\b
  record   the contract's terms
  facts    the fee for this contract; the date it falls away
  causes   a minimum term; a discount to be paid back
  remedy   give the first day without a fee
  rules    the fee by remaining month; the cases without a fee
  check    the contract
  missing  the contract cannot be found
  invent   a fee or a waiver
  stakes   money

return policy
  words    \b(?:refund|return|money[ -]back|warranty) (?:polic\w+|guarantee|conditions?|terms)\b
  words    \bin (?:which|what) cases\b|\breturns?\b
  record   the published policy
  facts    the days left to return; the state the goods must be in
  causes   a used item; a sale item
  remedy   give the address and label
  rules    the days allowed; the goods left out; who pays postage
  check    the item and its purchase date
  missing  the purchase date is not known
  invent   an exception
"""
)

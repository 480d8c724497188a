"""Flights, luggage, hotels and what a journey needs."""

from bot.domain.drafting.kinds.kind import kinds

TRAVEL = kinds(
    r"""
flight status
  words    \bflights?\b.{0,40}\b(?:status|time|on time|delay\w*|land\w*|arriv\w*|depart\w*|board\w*
           |schedul\w*|gate|leav\w*)\b
  words    \b(?:board\w*|gate|terminal)\b.{0,25}\b(?:flight|plane)\b
  noun     flight
  record   the airline's live schedule
  facts    the scheduled and the expected time; the gate; the delay in minutes
  causes   weather; a late aircraft
  remedy   book the next flight
  rules    the minutes before departure at which boarding closes
  check    the flight number and day
  missing  the flight number is unknown
  invent   a time or a gate

flight booking
  words    \b(?:book\w*|fly\w*|flights?|tickets?|airline)\b
  noun     flight
  record   the fare search
  facts    the flight times; the fare with bags; the stops
  causes   a sold-out fare class
  remedy   hold the fare and ask for a yes
  rules    the fare rules; the fee to change
  check    the cities, the dates and the number of travellers
  missing  no flight fits the dates
  invent   a fare
  stakes   money

seat
  words    \bseats?\b
  record   the seat map
  facts    the seat held; the seats free; the price of each
  causes   a full cabin; a family kept together
  remedy   change it and read back the new seat
  rules    the rows at extra cost; until when it can be changed
  check    the booking reference and the seat wanted
  missing  the booking reference is not found
  invent   a seat number

boarding pass
  words    \bboarding pass(?:es)?\b|\bcheck[ -]?in\b
  record   the check-in record
  facts    whether check-in is open; the flight and the seat; where the pass was sent
  causes   check-in not open yet; a name that differs
  remedy   send the pass again
  rules    the hours in which check-in is open
  check    the booking reference, the name and the address to send to
  missing  the booking reference is not found
  invent   a pass

luggage
  words    \b(?:luggage|baggage|bags?|suitcase)\b
  record   the baggage tracing file
  facts    where the bag was last scanned; its delivery day; the file number
  causes   a missed connection; a tag torn off
  remedy   open a tracing file
  rules    what is paid for a late bag; the days until it counts as lost
  check    the tag number and the flight
  missing  there is no tag number
  invent   where a bag is

carry-on
  words    \b(?:carry[ -]?ons?|overhead)\b
  record   the airline's baggage rules
  facts    the size in centimetres; the weight; the number of pieces
  causes   a fare without cabin baggage
  remedy   say what it costs to check it in
  rules    the size; the weight; the items left out
  check    the airline and the fare
  missing  the airline is not named
  invent   a size or a weight

hotel
  words    \b(?:hotels?|rooms?|motel|lodging)\b
  record   the hotel search
  facts    the rooms free; the price per night; the distance
  causes   no room free
  remedy   hold a room and ask for a yes
  rules    the cancellation date; the taxes
  check    the place, the nights and the guests
  missing  no room fits the dates
  invent   a price
  stakes   money

car rental
  words    \b(?:rent\w*|car hire|rental)\b
  noun     rental car
  record   the rental search
  facts    the classes free; the price with cover; the pick-up desk
  causes   no car free; an age limit
  remedy   hold a car and ask for a yes
  rules    the lowest age; the deposit; the cover
  check    the place, the days and the class
  missing  no car fits the days
  invent   a price
  stakes   money

ride
  words    \b(?:uber|taxi|cab|lyft|ride)\b
  record   the ride service
  facts    the driver's arrival in minutes; the price range
  causes   no driver near
  remedy   order it after a yes
  rules    the car sizes; the cost of cancelling
  check    the pick-up place, the goal and the number of riders
  missing  the pick-up place is unknown
  invent   a price or an arrival
  stakes   money

visa
  words    \bvisas?\b
  record   the official entry rules
  facts    whether one is needed; the days it takes; where to apply
  causes   a passport near its end
  remedy   give the official address
  rules    the rule by nationality; the length of stay
  check    the passport held and the destination
  missing  the nationality is not known
  invent   an entry right
  stakes   safety

vaccine
  words    \b(?:vaccin\w*|shots?|immuni[sz]\w*)\b
  noun     vaccination
  record   the health authority's travel page
  facts    the vaccines required; those advised; the weeks needed before leaving
  causes   a rule for transit
  remedy   point to a travel clinic
  rules    the rule by destination; the record to carry
  check    the destination
  missing  the destination is not listed
  invent   medical advice
  stakes   safety

travel alert
  words    \b(?:travel (?:alerts?|advisor\w*|warnings?|ban)|safe to|alerts?)\b
  record   the government's travel advice
  facts    the level; its date; the regions named
  causes   an election; an outbreak
  remedy   name the regions to avoid
  rules    the levels and what they mean
  check    the destination
  missing  no advice is published for it
  invent   that a place is safe
  stakes   safety

travel notice
  words    \b(?:travel\w*|going|trip|visit\w*)\b.{0,40}\b(?:bank|card|notify|account)\b
  words    \b(?:bank|card|notify|inform|let)\b.{0,60}\b(?:travel\w*|trip|going|leaving)\b
  record   the card's travel notices
  facts    the countries and dates noted; the cards covered
  causes   a date in the past
  remedy   note it and read it back
  rules    the cards it covers; the longest stay
  check    the country and both dates
  missing  the dates are missing
  invent   that payments will pass

travel idea
  words    \b(?:sightsee\w*|tourist\w*|things to (?:do|see)|attractions?|what to do|recommend\w*
           |visit)\b
  noun     sight
  record   the guide entries for the place
  facts    three places; what each is known for; when they are open
  causes   a season closed
  remedy   swap one for another on request
  rules    the budget; the season
  check    the place and the interest
  missing  the guide has no entry
  invent   an opening time
"""
)

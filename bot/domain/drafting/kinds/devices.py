"""Devices at home and what grows or goes stale in them: pairing, settings, danger, quality, allergens."""

from bot.domain.drafting.kinds.kind import kinds

DEVICES = kinds(
    r"""
device danger
  words    \b(?:burn(?:ing|t|s)? (?:smell|plastic|mark)|smell\w* (?:of )?burn\w*|smoke|smoking|sparks?
           |electric\w* shock|(?:got|gave me|had) an? (?:electric )?shock|on fire|caught fire|overheat\w*
           |too hot|melt\w*)\b
  words    \b(?:leak\w*|drip\w*|water)\b.{0,40}\b(?:socket|plug|power|cable|electric\w*|floor|mains)\b
           |\bleak\w*\b
  noun     danger at the device
  case     \b(?:child\w*|baby|kids?|toddler|shock|hurt|burn(?:t|ed)|smok\w*|fire|hospital|pregnant)\b
  given    speaks of children, smoke, fire or somebody hurt
  then     gives the emergency number ahead of any question
  never    sends no step that touches the device
  record   the safety card of the device
  facts    that the device is to stay unplugged; who calls back and by when; the number for emergencies
  causes   water at the plug; a damaged cable; a lamp that overheats
  remedy   cut the power without touching the device
  rules    when the device may be used again; when to call the emergency number
  check    the serial number and a phone number
  missing  nobody can be reached for the call back
  invent   that the device is safe to use
  stakes   safety
  want     know how to make the device safe at once
  act      DANGER
  firm     yes
  leads    says in the first sentence to cut the power at the wall or the fuse box and not to touch the device
           again, before any question; asks for the serial number and a phone number, in that order, and for
           nothing else; hands over to the person on duty with the words of the ticket and says by when they
           call; where somebody is hurt, gives the emergency number first; says that it stays unplugged until
           a person has cleared it, and sends no cleaning or reset steps

eating safety
  words    \b(?:allerg\w+|intoleran\w*|anaphyla\w*|coeliac|celiac|nuts?|poison\w*|toxic|ate|eaten|swallow\w*
           |dog|cat|toddler|baby|safe to eat|feel(?:ing)? (?:ill|sick)|dangerous)\b
  noun     safety of eating it
  case     \b(?:ate|eaten|swallow\w*|ill|sick|rash|vomit\w*)\b
  given    says that somebody has eaten it or feels ill
  then     gives the number to call ahead of every other sentence
  record   the ingredient and allergen sheet
  facts    what the sheet lists; what it does not rule out; whom to call when somebody feels ill
  causes   an allergen in the product; traces from packing; mould
  remedy   advise not to eat it until it is checked
  rules    the allergens declared; what is safe to eat and what is not
  check    the product, who ate it and how much
  missing  the sheet does not name the product
  invent   that it is safe to eat
  stakes   safety
  want     know whether it is safe to eat
  act      POSSIBLE

pairing
  words    \b(?:connect\w*|join\w*|stay\w*|go|reset\w*|find|put in|needs?)\b.{0,25}\b(?:wi-?fi|wlan|network
           |bluetooth|internet)\b
  words    \b(?:un-?)?pair(?:s|ed|ing)?\b|\b(?:wi-?fi|wlan|router|broadband|bluetooth|network|vpn)\b
  words    \b(?:off-?line|(?:can'?t|cannot|cant|won'?t|wont|not|doesn'?t) (?:\w+ ){0,2}(?:see|find|connect\w*)
           |connect\w* to|loses? connection|disconnect\w*|error e-?\d+)\b
  noun     connection
  case     \b(?:new|changed?|password|broadband|router|since|update\w*|moved)\b
  given    names a new router, a new password or an update
  then     starts with the step that this change calls for and leaves the general list out
  record   the device's last status
  facts    when it was last seen; the step at which it stops; the network and version it reports
  causes   a network it cannot use; a password that changed; an outdated firmware
  remedy   reset the connection and pair it again
  rules    the networks it works with; what it does while offline; the phones the app supports
  check    the serial number and what the light shows
  missing  the device has never reported in
  invent   a fault or a release date
  want     get my device back online
  act      FAILURE

light schedule
  words    \b(?:lamps?|lights?|brightness|schedules?|timers?|sunrise|hours)\b.{0,60}\b(?:on|off|change|set
           |night|bright\w*|hours?|am|pm|dark|early|weekends?|schedule|move)\b
  words    \b(?:turn|switch)\b.{0,30}\b(?:off|on|down|up)\b|\blight hours\b
  noun     light schedule
  case     \b(?:weekends?|\d+ ?(?:am|pm)|\d[:.]\d\d|clocks?|hour|two)\b
  given    names an hour or a day at which the light is wrong
  then     sets the hour named beside the hour stored and says which clock the device follows
  record   the schedule stored on the device
  facts    the hours stored now; the time zone they follow; whether the device took the last change
  causes   a time zone or summer time; a second schedule; a change made while offline
  remedy   set the hours and read them back from the device
  rules    the hours it can be set to; what differs by day; which settings are on the device itself
  check    the device and the hours wanted
  missing  the device has not reported its schedule
  invent   a setting it does not have
  want     set the hours at which the light is on
  act      HOW

noise
  words    \b(?:pumps?|fan|motor|nois[ey]\w*|loud|humming|rattl\w*|buzz\w*|gurgl\w*|shut up)\b
  noun     noise
  record   the device's manual and its last status
  facts    which part makes it; whether it is within the normal range; the setting that makes it quieter
  causes   a low water level; a blocked part; a worn part
  remedy   clean the part, then replace it under warranty
  rules    the hours it can be silent; how loud is normal; what the warranty covers
  check    the model and when the noise comes
  missing  the manual does not name the noise
  invent   that a noise is normal
  want     make the device quiet
  act      FAILURE

growth
  words    \bnothing (?:is |has )?(?:grow\w*|com\w+ up|came up)|\bonly .{0,30}\b(?:com\w+|came) up\b
  words    \b(?:sprout\w*|germinat\w*|seeds?|seedlings?|dead (?:pods?|plants?|seeds?)|(?:nothing|never
           |didn'?t|not) (?:\w+ ){0,2}(?:gr[eo]w\w*|came up|come up)|duds?|wilt\w*|yellow leaves)\b
  words    \b(?:dead|empty|bad|rotten|stale|expired|replacement) (?:pods?|capsules?|cartridges?|refills?
           |items?|products?)\b|\bhalf (?:of )?(?:my|the)\b
  noun     plants that did not come up
  case     \b(?:again|second|replacement|every|both|last (?:box|month|time)|loop)\b
  given    says that replacements failed too
  then     names the batch of both and offers something other than the same again
  record   the batch record and the growing guide
  facts    the days this kind takes; whether the batch is known to be weak; the replacement due
  causes   a weak batch; too little light or water; a kind that takes longer
  remedy   send fresh ones in the next box
  rules    the days after which they are replaced; how many are replaced; what may be grown in it
  check    the kind, the batch and the day it was started
  missing  the batch cannot be read
  invent   a cause or a day of sprouting
  want     get replacements for what did not grow
  act      ACTION
  intent   problem

mould and pests
  words    \b(?:mou?ld\w*|mildew|fung\w+|slim[ey]\w*|algae|gnats?|flies|fly|aphids?|bugs? (?:on|in)|insects?
           |mites?|crawling|worms?|smells? (?:bad|off|rotten)|white fluff|fuzz\w*)\b
  noun     mould or insects
  record   the care guide and the batch record
  facts    what it is likely to be; whether the plants can still be eaten; the first step
  causes   too much water; a batch that came with it; plants brought in from outside
  remedy   replace what was affected
  rules    what is harmless and what is to be thrown away; what may be used on food plants
  check    a photo and the day it was first seen
  missing  no photo shows it
  invent   that it is harmless
  stakes   safety
  want     know what is growing on my plants
  act      INFORMATION
  intent   problem

app fault
  words    \bapp\b.{0,50}\b(?:crash\w*|freez\w*|fro[sz]en?|blank|stuck|won'?t|wont|not|slow|error|update\w*
           |cant|can'?t|log ?(?:in|out))\b
  words    \b(?:firmware|(?:since|after) (?:the )?(?:last )?(?:update|version|\d+\.\d+)|log ?in|logged out
           |password reset)\b
  noun     app
  record   the release notes and the app's error log
  facts    whether the fault is known; the version it is mended in; what works meanwhile
  causes   a fault of the last version; a phone no longer supported; a session that expired
  remedy   give the way round it and note the version
  rules    the phones and versions supported; what can be done without the app
  check    the phone, the app version and the last screen
  missing  the log shows no error
  invent   a release date
  want     know how to go on while the app fails
  act      FAILURE
"""
)

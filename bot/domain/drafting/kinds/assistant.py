"""Commands to a voice assistant, its settings and small talk."""

from bot.domain.drafting.kinds.kind import kinds

ASSISTANT = kinds(
    r"""
timer
  words    \btimers?\b
  record   the running timers
  facts    the time left; the name of the timer
  causes   two timers at once
  remedy   set it and say when it ends
  rules    the longest time
  check    the length
  missing  no length is said
  invent   a length
  stakes   low

alarm
  words    \b(?:alarms?|wake)\b
  record   the alarm list
  facts    the time; the days it repeats
  causes   morning or evening left open
  remedy   set it and read it back with the day
  rules    how many; how it repeats
  check    the time with morning or evening
  missing  no time is said
  invent   a time
  stakes   low

reminder
  words    \bremind\w*\b
  record   the reminder list
  facts    the text; the time; how often it comes
  causes   a time already past
  remedy   save it and read it back
  rules    how it repeats; who sees it
  check    the thing to remember and the time
  missing  no time is said
  invent   an entry
  stakes   low

calendar
  words    \b(?:calendar|events?|schedule[d]?|agenda|appointments?|meetings?)\b
  noun     calendar entry
  record   the calendar
  facts    the entry; its time and place; who attends
  causes   a clash; two calendars
  remedy   save it and name the clash
  rules    the calendars connected; who may see them
  check    the day, the time and the people
  missing  the calendar is not connected
  invent   an entry

list
  words    \b(?:to[- ]?do|shopping|grocery) list\b|\blists?\b
  record   the list
  facts    the items; how many are open
  causes   two lists of one name
  remedy   change it and read back the item
  rules    the number of lists; who shares them
  check    the item and the list
  missing  there is no list of that name
  invent   an item
  stakes   low

music
  words    \b(?:songs?|music|play\w*|playlists?|track|album|artist)\b
  record   the music library
  facts    the title; the artist; where it is in the list
  causes   a song not in the library
  remedy   play the nearest match and name it
  rules    the services connected
  check    the title or artist
  missing  no title matches
  invent   a title
  stakes   low

device setting
  words    \b(?:volume|louder|speed|slow\w*|fast\w*|speak|whisper|accent|mode|settings?|reset
           |factory|language|voice)\b
  noun     setting
  record   the device's settings
  facts    the setting before; the setting now
  causes   a device that is offline
  remedy   change it and say the new value
  rules    the steps it has; what a reset deletes
  check    the setting and its value
  missing  the device is offline
  invent   a value
  stakes   low

device link
  words    \b(?:sync\w*|unsync\w*|pair\w*|connect\w*|bluetooth|phone|device)\b
  noun     device
  record   the list of paired devices
  facts    the devices paired; the one in use
  causes   a device out of reach; Bluetooth off
  remedy   pair it and name it
  rules    the devices that work; how many at once
  check    the device's name
  missing  no device is in reach
  invent   a device
  stakes   low

smart home
  words    \b(?:lights?|lamp|thermostat|heat\w*|tv|door|vacuum|blinds|turn (?:on|off|up|down))\b
  noun     home device
  record   the home hub
  facts    the state before; the state now
  causes   a device that does not reply
  remedy   switch it and say its state
  rules    the devices linked
  check    the room and the device
  missing  the device does not reply
  invent   a state

message
  words    \b(?:text|message|sms|call|dial|phone)\b
  record   the contact list
  facts    who it goes to; the words as sent
  causes   two contacts of one name
  remedy   read it back, then send
  rules    the contacts and services it reaches
  check    the contact and the words
  missing  the contact is not found
  invent   words the person did not say

find phone
  words    \b(?:find|locate|where|lost|misplaced)\b.{0,30}\bphone\b
  noun     phone
  record   the phone's last signal
  facts    the place and time of the last signal
  causes   an empty battery; a silent phone
  remedy   make it ring
  rules    how it is found when silent
  check    the phone meant
  missing  the phone sends no signal
  invent   a place

weather
  words    \b(?:weather|rain\w*|snow\w*|forecast|temperature|umbrella|sunny|cold|hot)\b
  record   the forecast service
  facts    the temperature; the chance of rain; the hour it changes
  causes   a place of the same name
  remedy   name the hour that fits
  rules    how far ahead it reaches
  check    the place and the day
  missing  the place is not found
  invent   a forecast

time and date
  words    \b(?:time ?zones?|what time|the time|current time|clock|date|day (?:is|of)|today)\b
  noun     time
  record   the clock and the time-zone table
  facts    the time or date; the zone it holds for
  causes   summer time; a town of the same name
  remedy   ask which town
  rules    the zones
  check    the place
  missing  the town is not found
  invent   a time
  stakes   low

holiday
  words    \bholidays?\b
  record   the holiday calendar
  facts    the name; the date; whether offices close
  causes   a regional holiday
  remedy   name the next after it
  rules    the regions
  check    the country
  missing  the country is not known
  invent   a day off
  stakes   low

calculation
  words    \b(?:plus|minus|times|divided|multipl\w*|sum|square root|percent|calculat\w*|math
           |add(?:ed)?|\d+ ?[x*+/-] ?\d+)\b
  noun     sum
  record   the calculator
  facts    the result; the sum as understood
  causes   words that can be read two ways
  remedy   read the sum back
  rules    the digits shown
  check    the numbers
  missing  the sum is incomplete
  invent   a result

unit conversion
  words    \b(?:convert\w*|conversion|ounces?|inches|meters?|metres?|grams?|cups?|pounds|kilo\w*
           |liters?|teaspoons?|tablespoons?|feet|yards|cm)\b
  noun     conversion
  record   the unit table
  facts    the result; the unit; the rounding
  causes   units of one name
  remedy   ask which unit
  rules    the units known
  check    the amount and both units
  missing  the unit is not known
  invent   a factor

word
  words    \b(?:spell\w*|defin\w*|meaning|means?|translat\w*|say .* in|synonyms?|word|phrase)\b
  record   the dictionary
  facts    the word; its spelling or meaning; an example
  causes   two words that sound alike
  remedy   give both and ask
  rules    the languages
  check    the word and the language
  missing  the word is not in the dictionary
  invent   a word

entertainment
  words    \b(?:jokes?|funny|facts?|trivia|interesting|coin|flip|toss|heads|tails|dice|roll|die
           |riddle)\b
  noun     diversion
  record   the collection or a fair draw
  facts    the result in one line
  causes   a topic it does not have
  remedy   give another
  rules    the topics; the number of sides
  check    the topic
  missing  the topic is empty
  invent   odds
  stakes   low

assistant itself
  words    \bhow old\b.{0,12}\byou\b|\byou (?:have|own|keep|got)\b.{0,12}\b(?:pets?|dogs?|cats?|animals?)\b
  words    \bwho\b.{0,12}\byour? (?:boss|maker|work)\b
  words    \b(?:your|you|yourself)\b.*\b(?:name|old|age|born|from|made|make|created?|built
           |program\w*|boss|work for|hobb\w*|pets?|dogs?|cats?|robot|bot|human|real|person|ai
           |computer|live|like to do|fun|free time)\b
  words    \bare you\b|\bwho (?:made|created|designed|built|programmed)\b|\bcall you\b
  noun     assistant
  record   the product description
  facts    that it is a program; who makes it; what it is for
  causes   curiosity; a wish for a person
  remedy   pass on to a person where one is wanted
  rules    what it can do; what it cannot
  check    the name to use
  missing  the makers have published nothing on it
  invent   a life, an age or feelings
  stakes   low

abilities
  words    \b(?:can (?:i|you)|what (?:do|are) you|topics|help (?:me )?with|capable|familiar
           |know about|areas)\b
  record   the list of features
  facts    three things it does; one it does not
  causes   a feature switched off
  remedy   show one as an example
  rules    the features by plan
  check    the field of interest
  missing  the feature list is out of date
  invent   a feature
  stakes   low

life question
  words    \b(?:meaning of life|purpose|point of life|life)\b
  noun     question
  record   the agreed neutral answer
  facts    two views in a line each
  causes   a person in distress
  remedy   ask back what prompts it
  rules    what it will not judge
  check    the reason for asking
  missing  distress shows in the words
  invent   a belief of its own
  stakes   low

time off
  words    \b(?:pto|vacation|time off|days off|day off|leave|sick days?)\b
  record   the leave account
  facts    the days left; the days used; the state of the request
  causes   an approver away; a blackout period
  remedy   file it and name the approver
  rules    the notice needed; the days carried over
  check    the first and last day
  missing  the leave account is not connected
  invent   an approval

name to use
  words    \b(?:name|call me|nickname)\b
  noun     name
  record   the profile
  facts    the name it uses now
  causes   a name heard wrongly
  remedy   repeat the new name
  rules    where the name shows
  check    the name and its spelling
  missing  no name is saved
  invent   a name
  stakes   low
"""
)

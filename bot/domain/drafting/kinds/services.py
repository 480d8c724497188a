"""Subscriptions, insurance, telecoms, software and the help desk itself."""

from bot.domain.drafting.kinds.kind import kinds

SERVICES = kinds(
    r"""
sign-up
  words    \b(?:sign[ -]?ups?|register\w*|registration|signing up|enrol\w*)\b
  record   the sign-up log
  facts    the step that failed; the error shown; the address used
  causes   an address already taken; a code that expired
  remedy   send a fresh confirmation code
  rules    the data asked for; the countries open
  check    the e-mail address used
  missing  the log holds no attempt
  invent   that an account exists

account type
  words    \b(?:switch\w*|upgrad\w+|downgrad\w+|chang\w+|us(?:e|ing)|pro|premium|gold|platinum
           |standard|freemium|free)\b.{0,25}\b(?:accounts?|plans?|profiles?|users?|subscription)\b
  noun     account plan
  record   the plan on the account
  facts    the plan now; the plan wanted; the day it starts
  causes   an unpaid bill; a plan no longer sold
  remedy   switch it and state the new price
  rules    what each plan includes; the price difference
  check    the plan wanted
  missing  the plan is no longer sold
  invent   a price

newsletter
  words    \b(?:newsletters?|mailing|corporate (?:news|emails?)|unsubscri\w+|subscri(?:be|ption|bing))\b
  record   the mailing list
  facts    whether the address is on the list; the lists it is on
  causes   a mail already queued; another address
  remedy   take the address off and confirm it
  rules    how often it is sent; the lists to choose from
  check    the e-mail address
  missing  the address is not on any list
  invent   that no mail will come

complaint
  words    \b(?:complain\w*|claims? against|reclamations?|consumer (?:complaint|claim))\b
  record   the complaints register
  facts    the case number; the person handling it; the day of the answer
  causes   a complaint sent to the wrong desk
  remedy   register it in the person's own words
  rules    the days until an answer; whom to turn to next
  check    the events and the wish behind them
  missing  the facts are missing
  invent   compensation

review
  words    \b(?:reviews?|feedback|opinions?|comments?|rating)\b
  record   the review form
  facts    whether the review is published; where it appears
  causes   words that break the rules
  remedy   open the form with the product filled in
  rules    who may review; how it is checked
  check    the product
  missing  the product was not bought here
  invent   or reword an opinion
  stakes   low

human agent
  words    \b(?:agents?|operator|representative|customer (?:service|support|care|assistance)|live (?:chat
           |agent|person))\b|\b(?:speak\w*|talk\w*|chat\w*|contact\w*|call\w*|reach\w*|get|need|want)\b.{0,20}\b
           (?:human|someone|somebody|person|support|you)\b
  noun     way to a person
  record   the opening hours and the queue
  facts    the hours; the waiting time now; the number or chat
  causes   a closed desk
  remedy   pass the thread on with a summary
  rules    the hours by day; the languages spoken
  check    the matter in one line
  missing  the desk is closed
  invent   a waiting time

insurance claim
  words    \b(?:claims?|accident|coverage|covered|deductible|damage)\b
  noun     claim
  record   the claim file
  facts    the state of the claim; the person handling it; the paper still missing
  causes   a paper missing; a cause that is not covered
  remedy   list what to send and where
  rules    what is covered; the excess to pay
  check    the policy number and what happened
  missing  the policy cannot be found
  invent   that a loss is covered
  stakes   money

insurance policy
  words    \b(?:insurance|polic(?:y|ies)|premium|proof of insurance)\b
  noun     policy
  record   the policy file
  facts    the policy's state; who and what it covers; the date of renewal
  causes   a premium not paid; a change not countersigned
  remedy   send the certificate
  rules    what each cover includes; what it costs; how to change it
  check    the policy number and the person insured
  missing  the policy cannot be found
  invent   cover

new service
  words    \b(?:new|start|sign(?:ing)? up|purchas\w*|buy\w*|get|need|want|set(?:ting)? up|subscribe)\b.{0,30}
           \b(?:internet|cable|phone service|mobile|broadband|data plan|connection|plan)\b
  record   the plans sold at the address
  facts    the plan chosen with its price; the installation day; the length of the contract
  causes   an address not served; a line already in use
  remedy   book the installation
  rules    the plans at the address; the price of each; the shortest term
  check    the address and the plan wanted
  missing  the address is not in the coverage map
  invent   a price or an installation day
  stakes   money

internet service
  words    \b(?:internet|broadband|cable|connection|data (?:plan|usage)|tv|bandwidth
           |phone service|new service|mobile service)\b
  noun     service
  record   the line's status and the plan
  facts    whether the area has a fault; the speed measured; the end of the repair
  causes   a fault in the area; a router set wrongly; a plan's cap
  remedy   run the line test, then book a technician
  rules    the plans at the address; the speed of each; the price
  check    the address of the connection
  missing  the line test cannot reach the router
  invent   a repair time

plan change
  words    \b(?:plans?|subscription|tier|upgrade|downgrade|renewal)\b
  noun     plan
  record   the contract
  facts    the plan now; the end of its term; the price
  causes   a minimum term
  remedy   show the two plans side by side
  rules    what each plan holds; the price; the day it starts
  check    the plan wanted
  missing  the contract cannot be found
  invent   a discount
  stakes   money

software fault
  words    \b(?:outlook|skype|software|app\w*|program|laptop|computer)\b.{0,30}
           \b(?:not|issues?|errors?|slow|crash\w*|stopped)\b
  words    \b(?:crash\w*|bugs?|error (?:message|code)|freez\w+|exception|won'?t (?:load|open|start)
           |500|404|timeouts?|blank (?:page|screen)|not loading|slow)\b
  noun     fault
  record   the error log and the status page
  facts    whether the fault is known; the versions it affects; the way round it
  causes   a known fault; an outdated version; a blocked connection
  remedy   give the way round it and note the version
  rules    the versions supported
  check    the version, the device and the last step
  missing  the log shows no error
  invent   a release date

integration
  words    \b(?:api|webhooks?|integrat\w+|sdk|oauth|endpoint|tokens?|plug-?ins?|sync\w*)\b
  record   the integration's log
  facts    the last successful call; the error returned; the scope that is missing
  causes   an expired token; a scope not granted; a changed address
  remedy   give the call that proves it works again
  rules    the limits per minute; the versions; the scopes
  check    the integration and the environment
  missing  no call has reached the log
  invent   an undocumented option

licence
  words    \b(?:licen[cs]es?|seats?|permissions?|admins?|roles?|invite\w*|workspace
           |users?)\b.{0,30}\b(?:add\w*|remov\w+|invite\w*|access|team|admin|licen[cs]e|seat)\b
  record   the workspace's member list
  facts    the seats used and free; who has which role
  causes   no free seat; a role that may not invite
  remedy   make the change and name the seats left
  rules    the seats included; the price of more; what each role may do
  check    the member and the role
  missing  the asker is not an administrator
  invent   a right
  stakes   safety

device repair
  words    \b(?:screen|cracked|broken phone|repair\w*|fix(?:ing|ed)? (?:my|the))\b
  noun     repair
  record   the repair desk's queue
  facts    the day the device is taken in; the price after cover; the loan device
  causes   a fall not covered; a part out of stock
  remedy   book the repair and send the label
  rules    the excess to pay; the days it takes; the damage left out
  check    the model and how it broke
  missing  the device is not on the policy
  invent   a repair price
  stakes   money

expense claim
  words    \b(?:(?:report|claim|get)\w* )?(?:my )?(?:travel )?expens\w+\b
  record   the expense system
  facts    the claim's state; the amount approved; the pay run it joins
  causes   a receipt missing; a limit per night
  remedy   file it with the receipts named
  rules    the limit per trip; the receipts needed
  check    the trip, the sum and the receipts
  missing  the cost centre is not known
  invent   an approval
  stakes   money

server status
  words    \bservers?\b|\bglobal status\b|\boutages?\b
  record   the status page
  facts    which servers answer; since when one is down; the next update
  causes   planned work; a power cut
  remedy   send word when it is back
  rules    the hours of planned work
  check    the region and the server
  missing  the status page has no entry
  invent   a return time

software update
  words    \bupdat\w+\b.{0,40}\b(?:software|app\w*|version|outlook|skype|office|windows)\b
  words    \b(?:software|outlook|skype|version)\b.{0,40}\bupdat\w+
  record   the release list
  facts    the version installed; the newest one; what it mends
  causes   too little space; an update held back by the company
  remedy   start the update after a yes
  rules    the systems it runs on; whether a restart is needed
  check    the software and its version
  missing  the version cannot be read
  invent   a version

export
  words    \b(?:export\w*|import\w*|csv|download\w*|backup\w*|migrat\w+)\b
  record   the export job
  facts    the job's state; the rows written; the link and its expiry
  causes   a file above the limit; a filter that leaves nothing
  remedy   start it again with the filter corrected
  rules    the formats; the row limit; the fields
  check    the data and the period wanted
  missing  the job is not in the list
  invent   data
"""
)

"""What an assistant or a desk answered: wrong, against the screen, or not at all; and thanks."""

from bot.domain.drafting.kinds.kind import kinds

ANSWERS = kinds(
    r"""
wrong answer
  words    \b(?:bot|assistant|chat ?bot|ai|virtual agent)\b.{0,70}\b(?:wrong|told|tells?|said|says|saying
           |promis\w+|incorrect\w*|contradict\w*|disagree\w*|invent\w*|hallucinat\w*|ma[dk]es? (?:it )?up
           |confident\w*|mistaken|lied|agreed|swore)\b
  words    \b(?:wrong|told|asked|correct|fix|train|incorrect|contradict\w*|according to|because|blame
           |mislead\w*)\b.{0,40}\b(?:bot|assistant|chat ?bot|ai|virtual agent)\b
  words    \b(?:bot|assistant|chat ?bot)(?: assistant)?: .{0,200}\b(?:but|screen|page|app|locked|which)\b
  words    \b(?:made[- ]up|hallucinat\w+|contradictory|wrong) (?:\w+ ){0,2}(?:answers?|advice|info\w*)\b
  noun     assistant's answer
  case     \b(?:screen|app|website|web ?page|page|site|e-?mail|locked|disagree\w*)\b
  given    sets the assistant's answer against a screen or a page
  then     names the screen's value as the one in force and files both texts as a contradiction to be mended
  record   the rule in force
  facts    the value that holds for this account; the page or screen it stands on; the time until which it
           holds
  causes   an answer given without looking the rule up; a rule that changed since; two pages that disagree
  remedy   correct the answer in the same thread and name the page it stands on
  rules    the rule as the screen shows it; who may grant an exception after a wrong answer
  check    the answer given, with its date or a screenshot
  missing  the rule cannot be looked up
  invent   a date, a price or a policy
  stakes   money
  want     get the answer from the assistant that the rule in force gives
  act      INFORMATION
  firm     yes
  intent   problem
  benefit  I can act on what the assistant says without checking the screen
  leads    looks the rule up before it answers and states the value the screen shows; says that the earlier
           answer was wrong and puts the two side by side; says until when the value holds and names the page
           it stands on, so that the person can check it; where a wrong answer has cost the person
           something, says so and passes the thread with that answer to somebody who can grant an exception;
           where the rule cannot be looked up, says exactly that and names no day, price or policy
  duty     every date, time, price or policy it states equals the rule in force and the screen the person
           sees, character by character

no reply
  words    \b(?:no|without|get an?|an|any) (?:reply|answer|response)\b|\bno(?:body| one)\b.{0,20}
           \b(?:answer\w*|repl(?:y|ies|ied)|respon\w+|call\w*|reads?)\b
  words    \b(?:second|third|fourth|fifth|last) (?:e-?mail|message|mail)\b|\b(?:still|been) (?:no|waiting
           |ignored)\b.{0,20}\b(?:reply|answer|response|weeks?|person|human)\b
  words    \b(?:real|actual|human|living) (?:person|human|being|someone)\b|\b(?:anyone|anybody|somebody
           |someone) (?:there|alive|human)\b|\bstop sending me\b.{0,20}\b(?:bot|assistant)\b
  words    \b(?:talk|speak|get) (?:to|through to) (?:a |an )?(?:person|human|someone|somebody|agent)\b
  noun     unanswered message
  record   the thread and the queue
  facts    when the first message came in; who has it now; the day of the answer
  causes   a thread that was closed without an answer; a reply sent to another address
  remedy   put a named person on the thread
  rules    the hours of the desk; the days an answer may take
  check    the first message and what it asked
  missing  no earlier message is found
  invent   a name or a time of answer
  want     know when I get an answer to my message
  act      STATUS
  intent   problem

thanks
  words    ^\W*(?:many |no )?(?:ta|thanks?|thx|cheers|thank you)\b.{0,60}$
  words    \b(?:all (?:sorted|good|working)|(?:came|worked|arrived) in the end|well done|brilliant|lovely
           |delicious|fantastic|delighted|give (?:her|him|them) a|pass (?:it|this|my thanks) on
           |made my day|compliments?|kudos)\b
  noun     thanks
  record   the customer's thread
  facts    the person or team who is thanked; whether anything is still open
  causes   a request hidden in the thanks; a second matter in the thread
  remedy   pass the words on to the person named
  rules    which thanks are passed on; when a thread is closed
  check    the person or team meant
  missing  nobody is named and no thread is open
  invent   whom the thanks are for
  stakes   low
  want     have my thanks reach the people who earned them
  act      PRAISE
  firm     yes
"""
)

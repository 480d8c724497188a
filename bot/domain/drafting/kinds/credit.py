"""Credit, debt, bills, pay and taxes."""

from bot.domain.drafting.kinds.kind import kinds

CREDIT = kinds(
    r"""
credit report
  words    \b(?:credit (?:report|file|bureau)|consumer report\w*|furnish\w*|transunion|experian
           |equifax|1681\w*)\b
  noun     credit report entry
  record   the credit file and the furnisher's reply
  facts    the entry in dispute; the furnisher that reported it; the date of its last verification
  causes   a mixed file; an account opened by somebody else; an entry past its legal age
  remedy   open a reinvestigation and give its due date
  rules    the days the law allows for a reply; the proof that speeds it up
  check    the entries in dispute
  missing  the entry cannot be found in the file
  invent   that an entry will be deleted
  stakes   safety

credit inquiry
  words    \b(?:inquir(?:y|ies)|enquir(?:y|ies))\b
  record   the inquiry list of the credit file
  facts    the company that looked; the date; the purpose it gave
  causes   a dealer that sent one request to many lenders; a stolen identity
  remedy   dispute each inquiry by name
  rules    how long an inquiry stays; the purposes the law allows
  check    the inquiries not consented to
  missing  the company gave no purpose
  invent   consent
  stakes   safety

identity theft
  words    \bidentity theft\b|\bvictim\b
  record   the theft report and the accounts it names
  facts    the accounts to block; the date the block is due; the papers received
  causes   stolen personal data; a data breach
  remedy   block the named accounts, then explain the next step
  rules    the business days the law allows; the papers needed
  check    the accounts that are not theirs
  missing  the theft report is incomplete
  invent   that a block is permanent
  stakes   safety

debt collection
  words    \b(?:debts?|collect(?:ion|ions|or|ors)|owed?|repossess\w*|charge[d]?[ -]off)\b
  noun     debt
  record   the collector's file and the original contract
  facts    the original creditor; the amount and its make-up; the date of the last payment
  causes   a debt already paid; a debt sold on; a mix-up of names
  remedy   ask the collector for validation in writing
  rules    the days to ask for validation; the age at which a debt lapses
  check    the account number on the letter
  missing  the collector sent no proof
  invent   that nothing is owed
  stakes   safety

mortgage
  words    \b(?:mortgage|escrow|foreclos\w+|modification|servicer|home loan)\b
  record   the servicing file
  facts    the state of the request; the payment due; the person handling it
  causes   papers marked as missing; a change of servicer
  remedy   list the papers received and those missing
  rules    the options for hardship; the deadline for each
  check    the loan number and the authority to speak for it
  missing  authority to speak for the borrower is missing
  invent   an approval
  stakes   money

loan
  words    \b(?:loans?|financing|vehicle|lease|auto pay)\b
  record   the loan ledger
  facts    the payments booked; the amount outstanding; the fees added
  causes   a payment booked late; interest counted twice
  remedy   show the ledger and the corrected sum
  rules    the interest; the term; what early payment costs
  check    the loan number
  missing  the ledger and the statement differ
  invent   a pay-off amount
  stakes   money

credit score
  words    \bcredit (?:score|rating|history)\b
  record   the score report
  facts    the score; its date; the two factors that weigh most
  causes   high use of the limit; a late payment; a short history
  remedy   name the one step that helps most
  rules    how often the score is updated; what does not affect it
  check    the score model meant
  missing  no score is on file
  invent   a score or a gain in points

credit limit
  words    \bcredit (?:limit|line)\b|\b(?:raise|increase|higher) .*limit\b|\blimit\b.*\bcard\b
  record   the card account
  facts    the limit; the amount used; the date of the last change
  causes   income not updated; a recent increase
  remedy   take the request with the income it needs
  rules    the highest limit; the months between increases; whether asking affects the score
  check    the card and the limit wanted
  missing  income is not on file
  invent   an increase
  stakes   money

interest
  words    \b(?:apr|interest|annual percentage)\b
  noun     interest rate
  record   the account terms
  facts    the rate; the balance it applies to; the date it may change
  causes   the end of an offer; a late payment
  remedy   say what lowers it
  rules    the rate for purchases and for cash; the days free of interest
  check    the card or account meant
  missing  the account has several rates
  invent   a rate

rewards
  words    \b(?:rewards?|points|cash ?back|miles)\b
  record   the rewards ledger
  facts    the points held; their value; the day they lapse
  causes   points still pending; a purchase left out
  remedy   redeem them for the option named
  rules    the ways to redeem; the smallest amount
  check    the card and the number of points
  missing  the ledger is being updated
  invent   a points balance

bill
  words    \b(?:bills?|minimum payment|payment due|due date|utility|electric)\b
  record   the bill on file
  facts    the amount due; the due date; the smallest payment accepted
  causes   a reading not yet in; a payment that crossed the bill
  remedy   pay it from the account named
  rules    the days of grace; the cost of paying late
  check    the biller, the account to pay from and the amount
  missing  no bill of that name is on file
  invent   an amount due
  stakes   money

account numbers
  words    \b(?:routing|account number|iban|sort code)\b
  noun     account number
  record   the account sheet
  facts    the number asked for; what it is used for
  causes   an account at another bank
  remedy   show it after sign-in
  rules    which number is needed for what
  check    the account meant
  missing  the account is held elsewhere
  invent   a number

transactions
  words    \b(?:transactions?|spen[dt]\w*|purchases|statement|spending)\b
  noun     spending
  record   the transaction list
  facts    the total; the period it covers; the largest items
  causes   payments not yet booked; a category set wrongly
  remedy   list the items behind the total
  rules    how far back the list goes; the categories it knows
  check    the period and the category
  missing  the account is not connected
  invent   a total
  stakes   money

direct deposit
  words    \bdirect deposits?\b
  record   the payroll form
  facts    whether it is set up; the account it goes to; the first pay day
  causes   a form not signed; a wrong routing number
  remedy   give the form with the fields filled in
  rules    the pay runs until it starts; splitting over accounts
  check    the account and the routing number
  missing  the employer is not known
  invent   a first pay day
  stakes   money

retirement plan
  words    \b(?:401k|401 ?k|rollover|roll over|ira|pension|retirement)\b
  record   the plan's transfer form
  facts    the plan's provider; the vested balance; the form needed
  causes   a plan that allows no transfer; a missing signature
  remedy   list the steps with who does each
  rules    the taxes due; the days allowed between two plans
  check    the old plan and the new one
  missing  the old plan's provider is not known
  invent   a tax result
  stakes   money

tax form
  words    \b(?:w-?2|1099|tax(?:es)?|withh\w+)\b
  noun     tax
  record   the payroll tax record
  facts    the form's state; the year; the amount withheld
  causes   a form sent to an old address; a payroll change in the year
  remedy   give the place to download the form
  rules    the date forms are due; the rate by state
  check    the tax year
  missing  the year is not closed yet
  invent   a tax amount
  stakes   money

pay
  words    \b(?:pay ?days?|pay ?checks?|paychecks?|salary|income|get paid|earn\w*|wages?|make a year)\b
  record   the payroll calendar
  facts    the next pay date; the period it covers; the net amount
  causes   a holiday that moves the date; a change not yet approved
  remedy   say whom in payroll to ask
  rules    how often pay is run; what is taken off
  check    the employer or contract
  missing  payroll data are not connected
  invent   a pay amount

paper checks
  words    \b(?:checkbook|check ?books?|order (?:\w+ )?checks|more checks|checks)\b
  noun     checks
  record   the check order form
  facts    the order's state; the number of checks; the address
  causes   an address not confirmed
  remedy   place the order
  rules    the designs; the price; the days it takes
  check    the account and the address
  missing  the account has no checks
  invent   an arrival date

blocked account
  words    \b(?:account|bank)\b.{0,30}\b(?:blocked?|hold|frozen|locked|freeze|stop)\b
  words    \b(?:blocked?|hold|freeze|frozen|locked|stop)\b.{0,30}\b(?:account|funds)\b
  noun     block on the account
  record   the block and its reason code
  facts    the kind of block; when it was set; who can lift it
  causes   a security check; a court order; an owner's own freeze
  remedy   give the shortest way to lift it
  rules    what still works while it holds
  check    the account and the reason
  missing  the reason may not be disclosed
  invent   the reason for a block
  stakes   safety
"""
)

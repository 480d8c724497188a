"""Car, kitchen, restaurants and errands asked of an assistant."""

from bot.domain.drafting.kinds.kind import kinds

HOUSEHOLD = kinds(
    r"""
oil change
  words    \boil\b
  record   the car's manual and service log
  facts    the miles left; the grade of oil; the date of the last change
  causes   a log not kept
  remedy   list the steps with the tools
  rules    the miles between changes
  check    the car's model and year
  missing  the car is not known
  invent   a mileage

tires
  words    \b(?:tires?|tyres?)\b
  record   the car's sensors
  facts    the pressure of each tire; the pressure it should have
  causes   cold weather; a slow leak
  remedy   name the tire to fill
  rules    the pressure by load; the tread depth
  check    the car and the tire
  missing  the sensor sends nothing
  invent   a pressure
  stakes   safety

fuel
  words    \b(?:gas|fuel|mpg|mileage|miles per gallon|diesel|petrol)\b
  record   the car's gauge and manual
  facts    the miles left; the use on road and in town; the fuel it takes
  causes   a heavy load; short trips
  remedy   name the nearest pump
  rules    the fuel grade
  check    the car's model
  missing  the car is not connected
  invent   a range

car service
  words    \b(?:maintenance|jump|battery|mechanic|service[d]?|engine light|tune)\b
  record   the workshop calendar and the car's manual
  facts    the last service; the next one due; the free slots
  causes   a warning light
  remedy   book the slot after a yes
  rules    what a service includes; the order of the clamps
  check    the car, the day and the trouble
  missing  the log is empty
  invent   a diagnosis
  stakes   safety

recipe
  words    \b(?:recipes?|cook|bake)\b
  words    \bmake (?:a |an |some )?\w+ ?(?:soup|cake|pie|pasta|bread|sauce|dinner)?$
  record   the recipe
  facts    the ingredients with amounts; the steps in order; the time
  causes   an item missing from the kitchen
  remedy   show a second recipe
  rules    the number served; the allergens
  check    the dish and the number of eaters
  missing  no recipe is found
  invent   a quantity

cooking time
  words    \b(?:how long|time)\b.{0,30}\b(?:cook\w*|bak\w+|oven|boil\w*|grill\w*|roast\w*)\b
  record   the cooking table
  facts    the minutes; the heat; the sign that it is done
  causes   size; a frozen start
  remedy   set a timer for it
  rules    the safe inner temperature
  check    the food, its weight and the oven
  missing  the food is not in the table
  invent   a safe temperature
  stakes   safety

food safety
  words    \b(?:go(?:es)? bad|expire|last|spoil\w*|good for|still good|fridge)\b.*
  noun     shelf life
  record   the food-safety table
  facts    the days it keeps; the signs of spoiling
  causes   an open pack; a warm fridge
  remedy   advise to throw it away when in doubt
  rules    the days in fridge and freezer
  check    the food and the day it was opened
  missing  the day it was opened is not known
  invent   that food is safe
  stakes   safety

nutrition
  words    \b(?:calories|nutrition\w*|carbs|protein|fat|sodium|vitamins?|healthy|sugar)\b
  record   the nutrition table
  facts    the amount per serving; the serving it refers to; the source
  causes   a home-made dish
  remedy   give the range instead
  rules    the size of a serving
  check    the food and the portion
  missing  the food is not in the table
  invent   a number

ingredients
  words    \b(?:ingredients?|substitut\w*|replace|instead of|swap|need to make|put in|go(?:es)? in)\b
  noun     ingredient
  record   the recipe and the substitution table
  facts    the ingredient; its amount; what changes in taste
  causes   an allergy
  remedy   name a second choice
  rules    the ratio; the dishes it does not suit
  check    the dish and the ingredient
  missing  the table has no match
  invent   that it is free of an allergen
  stakes   safety

meal idea
  words    \b(?:meals?|dinner|lunch|breakfast|eat|food|dish\w*)\b
  noun     meal
  record   the recipe collection
  facts    three dishes; the time each takes; what each needs
  causes   a diet; an empty fridge
  remedy   swap one for another on request
  rules    the cuisine; the time at hand
  check    the cuisine and the diet
  missing  no dish fits
  invent   an allergen statement

restaurant booking
  words    \b(?:reserv\w*|book\w*|table)\b
  noun     reservation
  record   the reservation book
  facts    the name; the time; the number of guests
  causes   a full house
  remedy   take the nearest free time
  rules    how long a table is held; who takes bookings
  check    the place, the time and the guests
  missing  the restaurant's book cannot be reached
  invent   a confirmation

restaurant
  words    \b(?:restaurants?|wait|busy|crowd\w*|place to eat|diner|cuisine|serve)\b
  record   the listing and its reviews
  facts    the rating with its number of reviews; the wait in minutes; the distance
  causes   a rush hour
  remedy   name two more nearby
  rules    the price range; the opening hours
  check    the town and the cuisine
  missing  the restaurant has no listing
  invent   a wait or a rating

place
  words    \b(?:directions?|route|location|where am i|get to|distance|far|miles|traffic|way to|bus
           |nearest|closest|city)\b
  noun     way
  record   the map
  facts    the distance; the minutes now; the first turn
  causes   roadworks; a jam
  remedy   give the next-shortest way
  rules    on foot, by car or by bus
  check    the start and the goal
  missing  the place is not found
  invent   a distance or a time

location sharing
  words    \bshare\b.*\blocation\b|\blocation\b.*\bshare\b
  noun     location
  record   the contact list and the position
  facts    who sees it; until when
  causes   position switched off
  remedy   share it after a yes
  rules    who can see it; how to stop
  check    the contact and the length
  missing  the position is switched off
  invent   a position
  stakes   safety

food order
  words    \b(?:pizzas?|burgers?|beers?|wine|soda|cookies?|sandwich\w*|fries|salad|drinks?|coke|pepsi|chicken
           |cheese|menu|combo|dessert|topping\w*|large|medium|shake|coffee)\b
  record   the menu and the basket
  facts    the items; the size; the total; the minutes until ready
  causes   an item sold out
  remedy   take the nearest item instead
  rules    the sizes; the extras; the prices
  check    the items, the sizes and the address
  missing  the item is not on the menu
  invent   a price or an item
  stakes   money
"""
)

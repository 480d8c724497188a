"""Closed word lists that tell names and addresses from the rest, by category; written by hand."""

from bot.domain.redaction.lexicon import words

TITLES = words(
    """
    mr mrs ms miss mx dr prof sir madam herr frau monsieur madame mme mlle señor señora sr sra srta dott
    signor signora pan pani hr fru doctor professor captain capt rev
    """
)
STREETS = words(
    """
    street st road rd avenue ave av lane ln drive dr boulevard blvd bvd court ct place pl terrace square
    sq close crescent cres gardens gdns grove mews parade walk circle cir highway hwy parkway pkwy trail
    trl plaza alley crossing heights isle isles burgs burg ridge cliffs cliff prairie parks passage path
    pike point port ports ramp ranch rapids roads route row shoals shore shores skyway spring springs
    spur squares station stravenue stream streets summit throughway trace track trafficway tunnel
    turnpike union unions valley valleys via viaduct village villages vista walks wall ways well wells
    estate estates fields flats ford forge forks fort freeway glen glens green groves harbor haven hill
    hills hollow inlet island islands junction key keys knoll knolls lake lakes landing light lights
    loaf locks lodge loop manor meadow meadows mill mills mission motorway mount mountain neck orchard
    oval overpass bypass camp canyon cape causeway centers club common corner corners course cove creek
    crest crossroad curve dale dam divide extension extensions falls ferry brook brooks bridge branch
    bottom bluff bayou beach bend strasse straße str weg gasse platz allee ufer ring damm rue chemin
    impasse quai cours calle avenida avda plaza paseo camino carrer carretera rua travessa estrada praça
    largo alameda viale piazza corso vicolo strada contrada borgo ulica ul aleja al osiedle os utca u út
    útja tér krt köz rkp kapu gatan gata vägen gränd gate veien vei gt vej gade stræde toften vænget
    katu tie kuja polku straat laan plein kade dreef odos leoforos ulitsa prospekt tänav tee iela gatvė
    trg cesta ulice náměstí nám třída námestie sokak cadde mahalle mah jalan jl marg nagar colony sector
    oδός οδός ул улица
    """
)
UNITS = words(
    """
    apt apartment suite ste unit flat floor fl studio po p.o box postbox postfach psc apo fpo dpo bldg
    building block tower wing bp casella appartement piso apartado lgh étage etage postal
    """
)
COUNTRIES = words(
    """
    germany france spain italy portugal poland sweden norway denmark finland iceland ireland scotland
    wales england uk gb usa us u.s america canada mexico brazil argentina chile colombia peru uruguay
    india pakistan china japan korea australia austria switzerland belgium netherlands holland
    luxembourg czech czechia slovakia slovenia croatia serbia bosnia hungary romania bulgaria greece
    turkey cyprus malta estonia latvia lithuania ukraine russia georgia armenia israel egypt morocco
    tunisia nigeria kenya ghana uganda zealand singapore malaysia indonesia thailand vietnam philippines
    greenland deutschland österreich schweiz suisse italia españa sverige norge danmark suomi polska
    brasil méxico africa europe asia hungarian finnish english german french spanish italian swedish
    danish norwegian polish russian dutch greek chinese japanese indian american british european london
    paris berlin madrid rome vienna sydney toronto tokyo delhi mumbai chicago boston dallas houston
    austin seattle denver miami atlanta phoenix orlando vegas york angeles francisco california texas
    florida ohio virginia
    """
)
CALENDAR = words(
    """
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue
    tues wed thu thur thurs fri sat sun christmas easter halloween thanksgiving diwali ramadan hanukkah
    montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi
    samedi dimanche lunes martes miércoles jueves viernes
    """
)
BRANDS = words(
    """
    google apple microsoft amazon facebook meta instagram whatsapp twitter tiktok snapchat linkedin
    youtube netflix spotify uber lyft airbnb paypal venmo zelle stripe square visa mastercard amex
    maestro discover american express revolut monzo wise transferwise chase wells fargo citi citibank
    barclays hsbc santander lloyds equifax experian transunion android iphone ipad ipod mac macbook
    airpods windows linux ubuntu chrome safari firefox edge outlook gmail office excel word powerpoint
    teams slack zoom discord telegram signal skype salesforce zendesk intercom jira github gitlab
    bitbucket hubspot shopify etsy ebay walmart target costco tesla toyota honda ford bmw audi mercedes
    nissan kia hyundai chevrolet chevy dodge jeep maruti swift samsung sony nokia huawei xiaomi lg dell
    hp lenovo asus acer intel amd nvidia oracle sap adobe photoshop autodesk figma notion trello asana
    dropbox aws azure gcp alexa siri cortana chatgpt openai anthropic claude gemini copilot llama kindle
    echo roku playstation xbox nintendo steam switch minecraft fedex ups dhl usps gls hermes dpd delta
    united lufthansa ryanair easyjet hilton marriott hyatt starbucks mcdonalds subway domino pizza coca
    cola pepsi nike adidas ikea h&m zara experian atm pin sepa iban swift bic usd eur gbp api sdk url
    sso saml oauth csv pdf json xml html http https gdpr faq id ok tv dvd cd usb hdmi wifi bluetooth vpn
    lan sim esim sms mms gps nfc qr ios macos tvos watchos cfpb fcra fdcpa ssn dob ceo cto cfo hr it qa
    pr ui ux crm erp sla kpi roi eta asap fyi aka ps pos p2p kyc aml fraud bitcoin aud cad chf jpy cny
    inr nzd sek nok dkk pln czk huf btc eth ethereum crypto coinbase binance docker snowflake datadog
    grafana loki prometheus splunk tableau looker zapier kanban gantt jenkins maven terraform ansible
    helm elastic kibana celery rails spring hadoop spark airflow okta auth0 duo lastpass levi levis ray
    wayfarer gucci prada chanel rolex omega seiko casio fitbit garmin gopro canon nikon bosch siemens
    philips dyson sonos bose braun gillette lego mattel barbie disney marvel pixar pokemon mario zelda
    fortnite roblox peloton tupperware pyrex kubernetes postgres postgresql mysql redis kafka python
    java javascript typescript react angular django flask node webhook wordpress quickbooks xero
    mailchimp twilio
    """
)
ORGANISATIONS = words(
    """
    inc llc ltd plc gmbh ag kg corp corporation company co sarl sas srl spa bv nv ab oy aps as group
    holdings holding partners solutions systems technologies technology software labs services
    consulting bank insurance university college school institute foundation association agency
    department ministry council committee church hospital museum hotel airport airlines airways studios
    records press media news times journal magazine weekly daily entertainment industries international
    global mortgage financial credit union trust capital ventures
    """
)
CATEGORIES = {
    word: mark
    for mark, group in (
        ("O", ORGANISATIONS),
        ("B", BRANDS),
        ("K", COUNTRIES),
        ("M", CALENDAR),
        ("S", STREETS),
        ("U", UNITS),
        ("T", TITLES),
    )
    for word in group
}
"""Category of a lower-case word; the later of two lists wins."""

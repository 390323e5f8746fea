"""The closed classes of English words that the rules ask about."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS = _words(
    "mr mrs ms mx dr prof rep reps sen sens gov lt col gen sgt capt cmdr adm maj pvt cpl hon rev fr sr jr st mt ft no nos "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun vs inc ltd co corp bros "
    "ave blvd dept univ assn approx est fig vol ed al cf ca mich ill ind ala ariz ark calif colo conn del fla ga kan ky la "
    "md mass minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo u.s u.k u.n e.u a.m p.m i.e e.g ph.d d.c"
)
HE, SHE, THEY = _words("he"), _words("she"), _words("they")
PRONOUNS = (
    HE | SHE | THEY | _words("it i we you who this that these those others both all many some one everyone nobody")
)
# What the author, or the reader, says is no statement.
OWN_VOICE = _words("i we you one let's i'd i've i'm we've we'd we're you'd")
DETERMINERS = _words("the a an his her its their our my your this that these those some many several both all most few any no each every one two three four five six seven eight nine ten dozens hundreds another other")  # fmt: skip
AUXILIARIES = _words(
    "is are was were be been being am has have had having do does did will would can could may might must should shall "
    "isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't mustn't "
    "shouldn't it's he's she's that's there's they're they've they'd they'll he'd she'd he'll she'll it'd it'll we're "
    "i'm i've we've we'll we'd you're who's what's let's ain't needn't mightn't"
)
BE = _words("is are was were be been being am isn't aren't wasn't weren't it's")
# Verbs one meets often enough in the past or in the third person, and that are hardly ever anything else.
FINITE = AUXILIARIES | _words(
    "went came took made got gave became left met won lost held kept saw knew began ran led fell rose sent spent built "
    "brought bought stood put shut set quit spread meant sold broke chose drew drove ate flew forgot grew hid paid sought shook shot slept "
    "spoke stole struck taught thought threw understood woke wore wrote said told felt found heard hit let cut cost hurt "
    "needs wants makes takes gives goes comes gets becomes keeps seems appears remains means includes allows requires "
    "deserves knows believes thinks hopes works plays lives loves likes hates looks feels stands faces fails has "
    "exists helps happens begins continues represents shows says tells follows depends belongs matters poses serves "
    "want need know believe think hope live remain deserve seem exist face depend"
)
NEGATIONS = _words("not never didn't doesn't don't hasn't haven't won't wouldn't couldn't cannot can't isn't wasn't nor neither without")  # fmt: skip
# What may stand between a subject and its verb.
BETWEEN = _words(
    "has have had will would also then later earlier now once again recently previously further even both himself herself "
    "themselves itself did does do only just since often always long still too instead first finally soon simply thus "
    "therefore however meanwhile have've he's she's is was are were been reportedly yesterday today tomorrow tonight"
)
PREPOSITIONS = _words(
    "in on at by for from to with of during after before about against into over under between through via since until "
    "without within across despite amid among near outside inside like unlike as per behind beyond upon toward towards "
    "following regarding concerning"
)
# Where a clause may begin.
SUBORDINATORS = _words(
    "that which who whom whose where when while because as if after before although though since until unless than "
    "whereas whether so"
)
CONJUNCTIONS = _words("and but or yet")
OPENERS = _words("but and yet still so however meanwhile nevertheless instead also then later earlier separately")
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
)
MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec"
)
TIMES = WEEKDAYS | _words(
    "today yesterday tomorrow tonight earlier later recently again repeatedly publicly afterwards afterward overnight "
    "also only simply flatly bluntly here once thursday ago previously then too now morning afternoon evening night "
    "week month year"
)
# Whom one tells, where they have no name.
ADDRESSEES = _words(
    "me him her them us you reporters journalists lawmakers parliament supporters people voters viewers listeners readers "
    "investors analysts officials police investigators prosecutors jurors senators deputies delegates students workers "
    "fans members congress everyone audiences residents"
)
# The occasions a clause of attribution names: "in a statement", "at a news conference".
OCCASIONS = _words(
    "statement interview speech address briefing conference letter email e-mail post tweet message meeting hearing report "
    "article video telegram twitter facebook rally debate session event forum summit broadcast podcast memo filing "
    "remarks release call note column essay book op-ed blog appearance television tv radio court parliament series press "
    "appeal program programme show visit trip comments response testimony transcript"
)
# After "she said," these tell of her, or of the occasion: what was said does not go on.
LOOSELY_TIED = _words("who which citing referring a an in on at during after speaking according while")
# With these nouns such as "claim" and "hope" are somebody's words: "voiced fears that".
EXPRESSING = _words(
    "expressed expresses voiced voices made makes issued issues raised raises repeated repeats reiterated reiterates gave "
    "offered shared stated renewed"
)
WH = _words("what why how who when where which whom")
SUBJECT_STARTS = _words("he she it they we i you there this that these those who what if when even although while no nobody everyone people")  # fmt: skip
TITLES = _words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron count president premier prime minister chancellor "
    "vice deputy secretary senator sen rep representative congressman congresswoman gov governor mayor judge justice "
    "general gen colonel col captain capt major maj lieutenant lt sergeant sgt admiral adm commander cmdr chief director "
    "chairman chairwoman chairperson chair ceo speaker ambassador envoy spokesman spokeswoman spokesperson king queen "
    "prince princess pope cardinal archbishop bishop rabbi imam reverend rev father sister brother coach former ex-president "
    "acting assistant attorney foreign defence defense interior finance state treasury press officer inspector detective "
    "superintendent constable deputy majority minority leader nominee candidate republican democrat democratic first "
    "executive managing analyst economist author actor actress singer writer doctor lawyer activist opposition "
    "mp mep msp councillor councilman councilwoman commissioner under undersecretary gop"
)
# Words that make of capitalised words the name of a body.
BODY_WORDS = _words(
    "ministry committee party group company bank agency association union university council commission government "
    "administration department office institute federation foundation corporation court parliament senate congress assembly "
    "house board bureau service force army navy police team club school college hospital church center centre organization "
    "organisation society league alliance coalition campaign network front movement fund authority network inc ltd llc corp "
    "co plc embassy consulate kremlin pentagon cabinet guard staff secretariat command regulator watchdog exchange airlines "
    "airways motors industries holdings times post news television tv radio journal tribune herald nations treasury "
    "reserve lab laboratory united rovers athletic wanderers airport port stadium factory museum theatre theater schools chamber trust ombudsman delegation mission panel task"
)
# Papers that speak.
DOCUMENTS = _words(
    "statement letter report document post tweet release note article study survey poll indictment complaint lawsuit "
    "memo filing resolution declaration message email law bill decree manifesto petition notice website draft text "
    "research paper data figures statistics warrant affidavit ruling communique editorial review"
)
# What a body tells the public through, and what any body may be called.
RELEASES = _words("statement release communique message post tweet email")
GENERAL_BODIES = _words("agency organisation organization department body institution")
# Roles of people. Which are of one sex, speakers.py asks.
ROLES = _words(
    "president premier minister chancellor secretary senator congressman congresswoman lawmaker governor mayor judge "
    "general colonel captain director chairman chairwoman chairperson chair ceo speaker ambassador envoy spokesman "
    "spokeswoman spokesperson king queen prince princess pope bishop leader nominee candidate official officer expert "
    "analyst economist author actor actress singer writer doctor lawyer attorney activist mp deputy commissioner coach "
    "player professor scientist researcher teacher student mother father woman man boy girl son daughter brother sister "
    "wife husband resident witness source diplomat politician businessman businesswoman billionaire executive founder "
    "journalist reporter editor critic historian scholar farmer worker driver soldier veteran prosecutor detective sheriff "
    "chief head boss strategist adviser advisor aide consultant insider rep representative democrat republican "
    "conservative liberal novelist director manager owner chairman physician surgeon nurse priest pastor imam dissident "
    "defendant suspect victim plaintiff star striker goalkeeper captain champion musician artist composer filmmaker "
    "councillor commander negotiator ombudsman auditor treasurer campaigner blogger neighbour neighbor composer co-author "
    "co-founder grandmother grandfather baker shopkeeper trader tourist volunteer organiser organizer firefighter paramedic "
    "skipper curator architect designer engineer developer producer choreographer playwright poet landlord tenant passenger "
    "customer employee trustee trainer principal headteacher accountant broker investor"
)
PLURAL_ROLES = frozenset(f"{word}es" if word.endswith("ss") else f"{word}s" for word in ROLES) | _words(
    "people men women police children families supporters opponents critics authorities sources ministries media others "
    "parents republicans democrats activists neighbours neighbors relatives colleagues advocates secretaries statesmen "
    "congressmen spokesmen lawmakers"
)
# Roles so general that whoever spoke last may be meant by them.
GENERAL_ROLES = _words(
    "politician official leader minister director chairman chairwoman lawmaker senator congressman congresswoman businessman "
    "businesswoman journalist writer author analyst economist expert diplomat ambassador mayor governor president premier "
    "candidate nominee lawyer attorney doctor professor scientist coach player spokesman spokeswoman spokesperson"
)
UNNAMED = _words("source official witness expert analyst insider aide resident diplomat critic advocate")
MALE_ROLES = _words(
    "chairman spokesman congressman businessman king prince man father husband son brother boy actor mr sir lord"
)
FEMALE_ROLES = _words(
    "chairwoman spokeswoman congresswoman businesswoman queen princess woman mother wife daughter sister girl actress mrs "
    "ms miss lady dame baroness"
)
# Capitalised at a sentence's beginning, but no name.
NO_NAMES = (
    PRONOUNS | DETERMINERS | PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS | OPENERS | AUXILIARIES | WEEKDAYS | MONTHS
    | WH | NEGATIONS | ADDRESSEES | TIMES | _words(
        "yes no not not please thanks according asked speaking there here more less much such what's perhaps maybe "
        "another other others including only even just also again ever like"
    )
)  # fmt: skip

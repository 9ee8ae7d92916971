"""Words of ordinary English that the measures of `prose` have to know."""

from typing import Final

# With which a question begins that yes or no would answer.
AUXILIARIES: Final = tuple(
    """
    am are aren't can can't could couldn't did didn't do does doesn't don't had hadn't has hasn't have haven't is
    isn't may might must should shouldn't was wasn't were weren't will won't would wouldn't
    """.split()
)
# Past tenses without -ed.
PAST_FORMS: Final = tuple(
    """
    ate been began bit bought broke brought came caught chose crept cried cut did done drawn drew driven drove drunk
    eaten fed fell felt forgot forgotten found gave given gone got grew had heard held hid hummed kept knew laughed
    lay left lent let lost made meant met paid put ran read rewound ridden rode rung said sang sat saw seen sent set
    shook shown slept slid sold spent spilt spoke spoken stayed stolen stood stuck sung swore swum taken taught
    thought threw told took torn understood was went woke won wore worn written wrote
    """.split()
)
# Words that say little by themselves: a run of them is nobody's phrase.
FUNCTION_WORDS: Final = frozenset(
    """
    a about after again all also am an and another any are as at be because been before being between both but by
    can can't could did didn't do does doesn't don't down each even ever every few film films first for from had has
    have he he's her here hers herself him himself his how i i'd i'm if in into is isn't it it's its itself just
    last less like many may me might more most much must my never no nor not of off on one only onto or other our
    out over own s same she she's should so some still such t than that that's the their them themselves then there
    there's these they they're this those three through to too two under until up us very was we we're were what
    when where which while who whom whose why will with without won't would you you'd you'll you're your
    """.split()
)
# Verbs that stand in many a sentence about a film, in their finite forms.
COMMON_VERBS: Final = frozenset(
    """
    add adds agree agrees am answer answers are argue argues ask asks be beat beats became become becomes began
    begin begins believe believes belong belongs break breaks bring brings broke brought build builds buy buys call
    calls came can carries carry catch catches caught change changes choose chooses chose close closes come comes
    cost costs could count counts cut cuts dance dances deserve deserves did die dies do does draw draws drew drive
    drives eat eats end ends expect expects explain explains fall falls feel feels fell felt fight fights film
    filmed films find finds fit fits follow follows forget forgets fought found gave get gets give gives go goes got
    grew grow grows had happen happens has have hear heard hears held help helps hide hides hold holds hurt hurts is
    keep keeps kept knew know knows laugh laughs lay learn learns leave leaves left let lets lie lies live lives
    look looks lose loses lost made make makes may mean means meant meet meets met might move moves must need needs
    notice notices open opens owe owes paid pay pays play plays prefer put puts ran read reads refuse refuses
    remember remembers ride rides rode run runs said sat saw say says see seem seems sees sell sells send sends sent
    set sets share shares shoot shoots shot should show shown shows sing sings sit sits sleep sleeps sound sounds
    speak speaks spend spends spent spoke stand stands start starts stay stays steal steals stole stood stop stops
    suppose survive survives swap take takes talk talks teach teaches tell tells think thinks thought threw throw
    throws told took trade trades tries trust trusts try turn turns understand understands understood use used uses
    wait waits walk walks want wants was watch watches wear wears went were will win wins wish wishes won wonder
    wonders wore work works would write writes wrote
    """.split()
)

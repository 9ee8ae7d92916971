"""English words that a mention of a film is judged by."""

from typing import Final

# Words of a title that carry no meaning by themselves.
STOPWORDS: Final = frozenset(
    "a an the and or of in on at to for from with by as is it its le la les l un une de des du der die das el los las"
    " il lo i my your our".split()
)
# Words that everybody uses every day, alone or one after another, without thinking of a film.
COMMON: Final = frozenset(
    "alive all alone always angel another any anything art away baby back bad beach beautiful beauty because"
    " before behind best better beyond big bird birds black blood blue body book born boy boys bread break bright"
    " brother burning call can car child children city clear close cold come control day days dead death do dog"
    " door down dream dreams drive each earth easy end enough even ever every everything eye eyes face faces fall"
    " family father film films fire first flow flower fly fool free friend friends game garden get ghost girl"
    " girls give glass go god going gold gone good got great green ground hand hands happy hard has have he head"
    " heart heat heaven here hero high him his home hope hot hour hours house how human hunger hunt husband ice if"
    " inside island jealousy joy just keep kid kids kill killing king kiss know lady land last late leave let"
    " letter letters lie life light like little live lives long look lost love lovers lunch machine made magic"
    " make man many me memory men midnight milk mind mine minute mirror missing modern moment money month mood"
    " moon more morning most mother mountain movie movies much music must name never new next nice night no nobody"
    " not nothing now number off official often oh old once one only open other others out over own paper parents"
    " party passion past peace people perfect person piano picture place places play please present pretty"
    " question quiet rain read real red rest rich right river road room run safe said sand say school sea search"
    " season secret see sense separation shadow she ship short shot show sign silence silent single sister sky"
    " sleep small smile snow so some someone something son song sorry soul sound space square stand star start"
    " stay stop stories storm story strange stranger street strong summer sun sweet take talk tell that there"
    " these they thing things think this those time times today together tomorrow tonight too touch town train"
    " tree true truth under up us very voice wait walk wall want war waste watch water wave way we week well west"
    " what when where which white who why wife wild will win wind window wings winter woman women wonder word"
    " words work world yes yesterday yet you young zero".split()
)
# What stands straight before a film that is spoken of.
CUES: Final = frozenset(
    "film films movie movies documentary watch watched watching watches rewatch rewatched rewatching called titled"
    " screening screened".split()
)
# Of those, these are said of everything.
NAMING: Final = frozenset({"called", "titled"})
# What has been named is a film if one of these comes before them.
NAMED: Final = frozenset(
    "film films movie movies documentary documentaries short feature one ones something anything".split()
)
# These do too, but before people and things as well.
NAMED_AS: Final = frozenset("saw seen see seeing loved love recommend recommended recommending".split())
# What can follow a film that has been named; anything else may belong to a longer name or go on with a sentence.
CONTINUATIONS: Final = frozenset(
    "a about after again all alone also although and are as at because before but by did does during ends first for"
    " from had has i if in instead is just last made makes maybe next now on once or over probably really right she"
    " so still that the then there this though three to today together tomorrow tonight too twice two until was we"
    " were what when which while who whose will with without yesterday yet you".split()
)
# What a film is among that stands on a line with these, before a colon or a dash.
LABELS: Final = CUES | frozenset(
    "cinema watchlist watchlists letterboxd bill feature double triple marathon screenings showing programme program"
    " lineup line schedule tonight today tomorrow next now week month day session evening night weekend round part"
    " pick picks list top favourites favorites favourite favorite recommendations recommendation recommended"
    " suggestions"
    " suggestion nominations nominated vote votes poll option options choice choices number no nr first second third"
    " fourth fifth last seen queue backlog ranked ranking ratings best finally then winner runner monday tuesday"
    " wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march"
    " april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
    " a b c d e f pm am club the my our your for at of i".split()
)
# Labels that can only mean films.
CINEMA: Final = (CUES - NAMING) | frozenset(
    "cinema watchlist watchlists letterboxd screenings documentaries rewatches filmed".split()
)
# What may close a line behind a title without belonging to it.
TRAILING: Final = frozenset(
    "star stars min mins minutes h hours hrs am pm out of rewatch dvd bluray blu ray restored remastered restoration"
    " official trailer hd uhd k mubi netflix criterion vote votes please pls tonight today tomorrow yesterday maybe"
    " imdb rt yes xd lol".split()
)
# How a sentence begins that asks somebody to do something.
IMPERATIVES: Final = frozenset(
    "do get come go give take make let tell show see look keep stop play wait walk run stay leave please call try"
    " bring put be have don t".split()
)

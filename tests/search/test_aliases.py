"""The curated name variants: how the file is written, and whom it brings together."""

from collections import Counter
from itertools import combinations

import pytest

from directory.search.aliases import MARK, curated_groups, refused_groups, variants
from directory.search.names import folded

MOST_NAMES_IN_A_GROUP = 14


def plain(group: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a group without their marks."""
    return tuple(name.rstrip(MARK) for name in group)


GROUPS = [plain(group) for group in curated_groups()]


def test_every_name_of_the_file_is_folded_as_search_folds_names() -> None:
    every = [name for group in (*GROUPS, *refused_groups()) for name in group]

    assert [name for name in every if folded(name) != name] == []


def test_a_group_has_at_least_two_names_and_each_once() -> None:
    assert [group for group in GROUPS if len(group) < 2 or len(set(group)) < len(group)] == []


def test_groups_are_small() -> None:
    assert [group for group in GROUPS if len(group) > MOST_NAMES_IN_A_GROUP] == []


def test_no_group_stands_inside_another() -> None:
    having: dict[str, list[frozenset[str]]] = {}
    for group in GROUPS:
        for name in group:
            having.setdefault(name, []).append(frozenset(group))

    assert [group for group in GROUPS if sum(set(group) <= it for it in having[group[0]]) > 1] == []


def test_a_name_is_marked_exactly_where_it_stands_in_several_groups() -> None:
    counts = Counter(name for group in GROUPS for name in group)
    marked = {name.rstrip(MARK) for group in curated_groups() for name in group if MARK in name}
    unmarked = {name for group in curated_groups() for name in group if MARK not in name}

    assert marked == {name for name, count in counts.items() if count > 1}
    assert not marked & unmarked


def test_what_is_refused_stands_in_order_and_each_first_name_once() -> None:
    firsts = [group[0] for group in refused_groups()]

    assert firsts == sorted(set(firsts))
    assert [group for group in refused_groups() if len(set(group)) < max(len(group), 2)] == []


def test_no_pair_is_both_refused_and_in_a_group() -> None:
    paired = {frozenset(pair) for group in GROUPS for pair in combinations(group, 2)}
    refused = {frozenset((first, other)) for first, *others in refused_groups() for other in others}

    assert paired & refused == set()


def test_variants_go_both_ways_and_nobody_is_a_variant_of_themselves() -> None:
    found = variants()

    assert [name for name in found if name in found[name]] == []
    assert [name for name in found for other in found[name] if name not in found[other]] == []


def test_a_refused_pair_is_no_variant() -> None:
    found = variants()

    assert [
        (first, other)
        for first, *others in refused_groups()
        for other in others
        if other in found.get(first, ())
    ] == []


def pairs(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a text, each written one~other."""
    return [(one, other) for one, _, other in (pair.partition("~") for pair in text.split())]


MUST_MATCH = pairs("""
siobhan~chevonne siobhan~shivaun niamh~neve niamh~nieve sean~shaun shaun~shawn aoife~efa
caoimhe~keeva saoirse~sersha eoin~owen eoghan~owen roisin~rosheen tadhg~teague orla~orlaith
maeve~medbh aisling~ashling ciaran~kieran grainne~grania mairead~maraid sadhbh~sive
padraig~patrick paddy~patrick fionnuala~nuala odoherty~docherty mcgrath~magrath
mcdonagh~mcdonough patrick~patsy biddy~bridget
ewan~euan eilidh~ailey mhairi~vari catriona~katrina alasdair~alistair iain~ian
archie~archibald shona~seonaid macleod~mccloud colquhoun~cahoon stewart~stuart
rhys~reece sian~shan dafydd~david ffion~fion gwenllian~gwen tomos~thomas owain~owen
llewellyn~llywelyn gruffydd~griffith pryce~price huw~hugh steffan~stefan
alexander~sandy charlotte~lottie elizabeth~beth elizabeth~libby eleanor~nell margaret~peggy
james~jim joseph~joe michael~mick robert~bob theodore~ted wilfred~wilf zachary~zak
catherine~kate isabella~izzy kayleigh~kaylee jaxon~jackson caitlin~katelyn matilda~tilly
stephen~steven phillip~philip clarke~clark davies~davis reid~read pearce~pierce
mohammed~muhammad mohammed~mo muhammad~mohd hussain~hossain ahmed~ahmad yusuf~youssef
yusuf~yousef aisha~ayesha usman~uthman chowdhury~choudhry sheikh~shaikh zainab~zeinab
qureshi~kureshi haque~huq rahman~rehman amandeep~aman jaswinder~jas mukherjee~mookerjee
kanthasamy~kandasamy dharmalingam~tharmalingam lakshmi~letchumi rajaratnam~rasaratnam
mustafa~moustafa layla~leila gamal~jamal khaled~khalid tawfiq~toufik hisham~hicham yacine~yassin
kourosh~kurosh morteza~murtaza nasrin~nasreen ahmadzai~ahmadzay
mohamed~maxamed abdirahman~cabdiraxmaan hassan~xasan omar~cumar faduma~faadumo jama~jaamac
tesfay~tesfai gebremedhin~ghebremedhin tewodros~tedros weldu~woldu
wojciech~wojtek aleksandra~ola katarzyna~kasia malgorzata~gosia jakub~kuba krzysztof~krzys
lukasz~lucas zofia~sophia dmitri~dima volodymyr~vladimir oleksandr~sasha
kazlauskas~kazlauskiene novak~novakova
constantin~costel ionut~ionel xhevdet~jevdet lakatos~lakatosova
oluwaseun~seun oluwadamilola~dami chukwuemeka~emeka temitope~temi kwadwo~kojo diallo~jallow
tafadzwa~tafa nkosinathi~nkosi
zhang~cheung zhang~chang chan~chen wong~wang wong~huang ng~wu leung~liang tse~xie kwok~guo
nguyen~ngyuen phuong~phoung huynh~hyunh
sukru~shukru celik~chelik cengiz~jengiz mehmet~memet georgios~yiorgos
jose~pepe goncalves~gonsalves guadalupe~lupe muller~mueller schafer~schaefer
shlomo~solomon yaakov~jacob moshe~moses rivka~rivky
""")

MUST_NOT_MATCH = pairs("""
ali~alan sean~shane sean~eoin aoife~eva maeve~ava isla~eilidh isla~ayla hamish~seamus
oconnor~oconnell cathal~charles
ewan~ian moore~muir mckay~mccoy
powell~howell price~rhys bowen~owen parry~harry probert~robert parry~perry
henry~harold henry~harrison alexander~alexandra charles~charlotte margaret~daisy paul~polly
lucas~luke marcus~mark lewis~louise louise~louis mary~marie florence~flora anna~hannah
aaron~erin amy~emily ella~ellen ellen~helen eileen~helen julia~julie alice~elsie lisa~liz
john~ian john~nathan samuel~samantha francis~frances nicholas~nicola patrick~peter
robert~william robert~bill fred~bill marian~mary harris~harrison
robertson~robinson johnson~johnstone chambers~chalmers collins~collings
musa~moses yusuf~joseph ibrahim~abraham isa~jesus mohammed~mahmood umar~umair shabana~shabnam
saad~said zara~sara zahra~sarah inaya~anaya ayaan~ryan safiya~sofia hasan~hussain
khadija~aisha ahmed~hamid sajid~sajjad yasmin~jasmine jaspreet~jaswinder gurpreet~harpreet
patel~pattni bhatt~butt perera~pereira
hodan~hibo abdi~abdullahi warsame~warfa ayan~amina
tesfay~tekle haile~hailu
piotr~pawel maria~mariusz ivan~igor ola~olga
ioan~ion mihai~mircea
adewale~adebayo oluwaseun~oluwaseyi chidinma~chidi adeyemi~adeyemo ngozi~nkechi emeka~nnamdi
wang~huang lee~liu chan~chang zeng~zheng lam~lau hoang~huynh tran~truong
cem~can umit~umut mehmet~mohammed ayse~aylin
joao~john diogo~diego carlos~charles silva~souza
chana~chava moshe~mordechai
""")


@pytest.mark.parametrize(("one", "other"), MUST_MATCH)
def test_one_person_may_go_by_both_names(one: str, other: str) -> None:
    assert other in variants()[one]


@pytest.mark.parametrize(("one", "other"), MUST_NOT_MATCH)
def test_two_names_of_different_people_stay_apart(one: str, other: str) -> None:
    assert other not in variants().get(one, ())

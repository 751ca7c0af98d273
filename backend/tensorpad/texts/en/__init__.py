"""English."""

from typing import Final

from tensorpad.texts.catalogue import Catalogue
from tensorpad.texts.en.commands import COMMANDS
from tensorpad.texts.en.endings import CRASHES, ENDINGS
from tensorpad.texts.en.failures import HEADINGS, PLACES
from tensorpad.texts.en.fixes import FIXES
from tensorpad.texts.en.gates import GATES
from tensorpad.texts.en.handout import HANDOUT
from tensorpad.texts.en.inquiries import INQUIRIES
from tensorpad.texts.en.learning import LEARNING
from tensorpad.texts.en.missing_graphs import PHRASES as MISSING_GRAPHS
from tensorpad.texts.en.phrases import PHRASES
from tensorpad.texts.en.pictures import DISPLAYS, NO_GRAPH, PICTURE, UNDRAWN
from tensorpad.texts.en.rules import MESSAGES
from tensorpad.texts.en.synopsis import SYNOPSIS
from tensorpad.texts.en.tallies import TALLIES

CATALOGUE: Final = Catalogue(
    messages=MESSAGES,
    fixes=FIXES,
    phrases={**PHRASES, **MISSING_GRAPHS},
    inquiries=INQUIRIES,
    endings=ENDINGS,
    crashes=CRASHES,
    displays=DISPLAYS,
    commands=COMMANDS,
    picture=PICTURE,
    no_graph=NO_GRAPH,
    undrawn=UNDRAWN,
    headings=HEADINGS,
    places=PLACES,
    synopsis=SYNOPSIS,
    gates=GATES,
    tallies=TALLIES,
    learning=LEARNING,
    handout=HANDOUT,
    needs_script="This page steps through a PyTorch program. It needs JavaScript; here is the program alone.",
    joint=", ",
    gap=" ",
)

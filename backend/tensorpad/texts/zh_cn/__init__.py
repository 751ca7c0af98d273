"""简体中文。"""

from typing import Final

from tensorpad.texts.catalogue import Catalogue
from tensorpad.texts.zh_cn.commands import COMMANDS
from tensorpad.texts.zh_cn.endings import CRASHES, ENDINGS
from tensorpad.texts.zh_cn.failures import HEADINGS, PLACES
from tensorpad.texts.zh_cn.fixes import FIXES
from tensorpad.texts.zh_cn.gates import GATES
from tensorpad.texts.zh_cn.handout import HANDOUT
from tensorpad.texts.zh_cn.inquiries import INQUIRIES
from tensorpad.texts.zh_cn.learning import LEARNING
from tensorpad.texts.zh_cn.missing_graphs import PHRASES as MISSING_GRAPHS
from tensorpad.texts.zh_cn.phrases import PHRASES
from tensorpad.texts.zh_cn.pictures import DISPLAYS, NO_GRAPH, PICTURE, UNDRAWN
from tensorpad.texts.zh_cn.rules import MESSAGES
from tensorpad.texts.zh_cn.synopsis import SYNOPSIS
from tensorpad.texts.zh_cn.tallies import TALLIES

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
    needs_script="本页逐步展示一个 PyTorch 程序，需要启用 JavaScript。下面只列出程序本身。",
    joint="、",
    gap="",
)

"""Every sentence of the server that people read, once in each language.

Rules, inquiries and pictures name a text by its key and fill its placeholders; nothing else in the service writes prose.
Not here: the API's problems and its description, which are English only, and what a program itself prints or raises.
"""

from typing import Final

from tensorpad.texts import en, zh_cn
from tensorpad.texts.catalogue import Catalogue, Lang

CATALOGUES: Final[dict[Lang, Catalogue]] = {"en": en.CATALOGUE, "zh-CN": zh_cn.CATALOGUE}

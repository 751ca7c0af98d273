"""The style sheet of the report: the colours and fonts of pictures, which are those of the page."""

from typing import Final

from tensorpad.render.themes import DARK, LIGHT, MONO, SANS


def _colour(role: str) -> str:
    return f"light-dark({getattr(LIGHT, role)}, {getattr(DARK, role)})"


STYLE: Final = f"""
:root {{ color-scheme: light dark; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: {_colour("group")}; color: {_colour("ink")}; font: 15px/1.6 {SANS}; }}
header {{ display: flex; justify-content: space-between; padding: 12px clamp(16px, 4vw, 40px);
  border-bottom: 1px solid {_colour("line")}; background: {_colour("card")}; }}
header > a {{ color: inherit; font-weight: 700; text-decoration: none; }}
nav {{ display: flex; gap: 14px; }}
a {{ color: {_colour("leaf_ink")}; }}
a[aria-current] {{ color: inherit; text-decoration: none; }}
main {{ max-width: 820px; margin: 0 auto; padding: 24px clamp(16px, 4vw, 40px) 48px; }}
h1 {{ margin: 8px 0 4px; font-size: 28px; line-height: 1.25; }}
h2 {{ margin: 36px 0 0; font-size: 18px; }}
h3 {{ margin: 2px 0; font-size: 17px; line-height: 1.45; overflow-wrap: anywhere; }}
p {{ margin: 0 0 4px; }}
.intro {{ font-size: 16px; }}
.place, .unnamed, footer, th {{ color: {_colour("muted")}; }}
.nothing {{ margin-top: 32px; font-size: 17px; }}
section {{ margin-top: 18px; padding: 16px 20px 18px; border: 1px solid {_colour("line")}; border-radius: 10px;
  background: {_colour("card")}; break-inside: avoid; }}
.missed {{ color: {_colour("failure_ink")}; font-weight: 650; font-variant-numeric: tabular-nums; }}
.place {{ font-size: 13.5px; }}
.place a {{ color: inherit; }}
code {{ font: 0.92em/1.4 {MONO}; }}
table {{ width: 100%; margin-top: 12px; border-collapse: collapse; }}
th {{ padding: 0 0 4px; font-size: 12.5px; font-weight: 500; text-align: left; }}
th:nth-child(2), .number {{ text-align: right; }}
td {{ padding: 6px 0; border-top: 1px solid {_colour("group_line")}; vertical-align: top; overflow-wrap: anywhere; }}
.number, b {{ font-variant-numeric: tabular-nums; }}
th:nth-child(2), .number {{ width: 70px; }}
th:nth-child(3), td:nth-child(3) {{ width: 32%; padding-left: 18px; }}
.share {{ display: flex; gap: 10px; align-items: center; }}
.bar {{ flex: 1; height: 10px; border-radius: 5px; background: {_colour("operation")}; overflow: hidden; }}
.bar span {{ display: block; height: 100%; background: {_colour("edge")}; }}
.right .bar span {{ background: {_colour("result_line")}; }}
.worst .bar span {{ background: {_colour("failure_line")}; }}
.worst td:first-child {{ color: {_colour("failure_ink")}; font-weight: 600; }}
.right td:first-child {{ color: {_colour("result_ink")}; }}
td b {{ width: 3.2em; font-weight: 500; text-align: right; }}
footer {{ margin-top: 32px; font-size: 13.5px; }}
a:focus-visible {{ outline: 2px solid {_colour("leaf_line")}; outline-offset: 2px; }}
@media (max-width: 520px) {{
  section {{ padding: 14px; }}
  .bar {{ display: none; }}
  th:nth-child(3), td:nth-child(3) {{ width: 70px; padding-left: 8px; }}
}}
@media print {{ :root {{ color-scheme: light; }} nav {{ display: none; }} }}
"""

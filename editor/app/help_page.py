"""The help page: every action with its keys, from the table."""

from html import escape

from editor.app.action_set import key_text
from editor.app.action_table import ACTIONS, MENUS
from editor.look import colours


def help_page() -> str:
    """HTML for a text browser."""
    dim = colours.TEXT_DIM.name()
    parts = ["<html><body style='margin: 16px'>"]
    for menu in MENUS:
        parts.append(f"<h3>{menu}</h3><table cellspacing='0' cellpadding='3' width='97%'>")
        for each in ACTIONS:
            if each.menu == menu:
                keys = escape(", ".join(key_text(key) for key in each.keys))
                parts.append(
                    f"<tr><td width='34%'>{escape(each.text.rstrip('…'))}</td><td width='22%'><b>{keys}</b></td>"
                    f"<td style='color: {dim}'>{escape(each.help)}</td></tr>"
                )
        parts.append("</table>")
    parts.append("</body></html>")
    return "".join(parts)

"""What a run writes into docs/interop.md."""

from peers import ROOT

PAGE = ROOT / "docs" / "interop.md"


def write_page(command, text):
    begin, end = "<!-- %s: generated -->" % command, "<!-- %s: end -->" % command
    before, rest = PAGE.read_text().split(begin)
    after = rest.split(end)[1]
    PAGE.write_text("%s%s\n\n%s\n\n%s%s" % (before, begin, text, end, after))

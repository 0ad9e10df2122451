"""Tables of a page that are written from what tenure says. They stand between <!-- table: NAME --> and <!-- end -->."""

import re


def write_tables(page, tables):
    """Writes the tables of a page anew: by name, the head and the rows."""
    def table(match):
        head, rows = tables[match[1]]
        columns = head.count("|") - 1
        return f"<!-- table: {match[1]} -->\n" + "\n".join([head, "|---" * columns + "|", *rows]) + "\n<!-- end -->"

    page.write_text(re.sub(r"<!-- table: (\w+) -->.*?<!-- end -->", table, page.read_text(), flags=re.DOTALL))


def missing_rows(page, rows):
    """Says which rows a page does not have; gives the exit status."""
    lines = page.read_text().splitlines()
    missing = [row for row in rows if row not in lines]
    print("\n".join(f"{page}: not there: {row}" for row in missing) or "the rows are true")
    return 1 if missing else 0

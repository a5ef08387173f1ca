"""How much of a text was read."""


def flat(text: str) -> str:
    """The text in one line, its words parted by single spaces: where lines break is not what was written."""
    return " ".join(text.split())


def edit_distance(read: str, written: str) -> int:
    """The fewest characters to insert, delete or replace that make one text of the other (Levenshtein)."""
    row = list(range(len(written) + 1))
    for count, character in enumerate(read, start=1):
        diagonal, row[0] = row[0], count
        for place, wanted in enumerate(written, start=1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (character != wanted))
    return row[-1]

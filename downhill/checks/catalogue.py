"""Words of the snippets that the catalogue lacks, has as fuzzy, or has in excess."""

from pathlib import Path

from downhill.manuscript.catalogue import read, template


def problems(path: Path, snippets: dict[str, str]) -> list[str]:
    """Return a sentence for each word of the snippets that the catalogue lacks, has as fuzzy, or has in excess."""
    catalog, wanted = read(path), template(snippets)
    found = []
    for message in wanted:
        if not message.id:
            continue
        where = "{}:{}".format(*message.locations[0])
        have = catalog.get(message.id)
        if have is None or not have.string:
            found.append(f"{where}: no Chinese for “{message.id}”; run `make translate`, then fill it in in {path.name}")
        elif have.fuzzy:
            found.append(f"{where}: the English of “{message.id}” changed; check its fuzzy entry in {path.name}")
    found += [
        f"{path.name}: “{message.id}” stands in no snippet any more; run `make translate`"
        for message in catalog
        if message.id and message.id not in wanted
    ]
    return found

"""Scripts in fewer bytes: without comments, spaces, and long names inside of functions; the sources are in the repository."""

import re

try:
    import minify
except ImportError:  # it has no wheel for Macs with Apple's processor: there the scripts are as they are written
    minify = None


MISTAKEN = re.compile(rb"}\s*=\s*{")  # {a} = {...b}: tdewolff-minify 2.24.12 puts it before the declaration of b


def small(source: bytes) -> bytes:
    r"""Return a script that does the same; one in which the tool would make a mistake is left as it is.

    >>> small(b"const a = 1; // one\nexport { a };") in (b"const a=1;export{a}", b"const a = 1; // one\nexport { a };")
    True
    >>> small(taken := b"const b = { a: 1 }; const { a } = { ...b };") == taken
    True
    """
    if minify and not MISTAKEN.search(source):
        return minify.string("application/javascript", source.decode()).encode()
    return source

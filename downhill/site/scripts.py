"""Scripts in fewer bytes: without comments, spaces, and long names inside of functions; the sources are in the repository."""

try:
    import minify
except ImportError:  # it has no wheel for Macs with Apple's processor: there the scripts are as they are written
    minify = None


def small(source: bytes) -> bytes:
    r"""Return a script that does the same.

    >>> small(b"const a = 1; // one\nexport { a };") in (b"const a=1;export{a}", b"const a = 1; // one\nexport { a };")
    True
    """
    return minify.string("application/javascript", source.decode()).encode() if minify else source

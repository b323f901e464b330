"""A formula in one line, as people type it: 2/(L+μ), x_k+1, √κ."""

from xml.etree.ElementTree import Element

SIGNS = {"−": "-", "∗": "*", "\u2061": "", "\u2062": "", "\u2063": "", "\u00a0": " "}
RELATIONS = set("=<>≤≥≈≠→←↦∈≪≫∝⇒⇔")


def linear(element: Element) -> str:
    """Return MathML, an element of xml.etree or lxml, as one line of text.

    >>> from xml.etree.ElementTree import fromstring
    >>> linear(fromstring("<math><mfrac><mn>2</mn><mrow><mi>L</mi><mo>+</mo><mi>μ</mi></mrow></mfrac></math>"))
    '2/(L+μ)'
    >>> linear(fromstring("<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><msqrt><mi>κ</mi></msqrt></math>"))
    'x^2 = √κ'
    """
    parts = [linear(child) for child in element if child.tag not in ("annotation", "mspace")]
    match element.tag.rpartition("}")[2]:
        case "mfrac":
            return f"{bracketed(parts[0])}/{bracketed(parts[1])}"
        case "msqrt":
            return f"√{bracketed(''.join(parts))}"
        case "mroot":
            return f"{bracketed(parts[0])}^(1/{parts[1]})"
        case "msup":
            return f"{parts[0]}^{bracketed(parts[1])}"
        case "msub" | "munder":
            return f"{parts[0]}_{bracketed(parts[1])}"
        case "msubsup" | "munderover":
            return f"{parts[0]}_{bracketed(parts[1])}^{bracketed(parts[2])}"
        case "mover":
            return parts[0]
        case "mtr":
            return "".join(parts) + " "
        case "mtd":
            return "".join(parts) + " "
        case "mo" | "mi" | "mn" | "mtext":
            text = "".join(SIGNS.get(sign, sign) for sign in element.text or "")
            return f" {text} " if text in RELATIONS else text
    return " ".join("".join(parts).split())


def bracketed(text: str) -> str:
    """Return a part of a formula, in brackets where it is more than one number, letter, or bracket."""
    text = text.strip()
    return text if not text or len(text) == 1 or text.removeprefix("-").removeprefix("√").isalnum() else f"({text})"

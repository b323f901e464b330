"""LaTeX that math-core does not know, said in LaTeX that it knows, or refused with what to write instead."""

import re
import unicodedata

from downhill.manuscript import invisible

DEEPEST, LONGEST = 50, 1000  # braces in braces, commands and signs of a formula; math-core ends the process at some thousands
TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|\s+|.", re.DOTALL)
INVISIBLE = rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u202f{invisible.SIGNS}\ufffc-\uffff]"
LABEL = re.compile(r"\\label\s*\{([^{}]*)\}[ \t]*")
TEXTS = {r"\text", r"\textrm", r"\textbf", r"\textit", r"\textsf", r"\texttt", r"\textsc", r"\emph", r"\mbox"}
ARRAYS = {"array", "darray", "subarray"}
LENGTHS = {r"\hspace", r"\hskip", r"\kern", r"\mkern", r"\mskip", r"\mspace"}
ALPHABET = re.compile(r"\s*\\(?:math(?:bb|bf|cal|frak|rm|scr|sf|ds|bbm)|boldsymbol|bm)\s*(?:\{[^{}\\]*\}|[A-Za-z\d])\s*")

# for math-core's own expansion: commands that are other names for what it knows
MACROS = {
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "dotsi": r"\cdots",
    "dotsm": r"\cdots",
    "dotso": r"\ldots",
    "hdots": r"\ldots",
    "mathbbm": r"\mathbb{#1}",
    "mathds": r"\mathbb{#1}",
}
ENVIRONMENTS = {"split": "aligned", "smallmatrix": "subarray"}  # name: the one that math-core knows
COLUMNS = {"smallmatrix": "{c}"}

DISPLAYED = "what stands between $$ is displayed; leave it out"
ALIGNED = r"write \begin{aligned}"
PLAIN = "a formula has the colour and the size of the text; leave it out"
REFUSED_ENVIRONMENTS = {
    **dict.fromkeys(("align", "align*", "alignat", "alignat*", "alignedat", "eqnarray", "eqnarray*", "flalign"), ALIGNED),
    **dict.fromkeys(("flalign*", "multline", "multline*"), ALIGNED),
    **dict.fromkeys(("equation", "equation*", "displaymath", "math"), DISPLAYED),
    **dict.fromkeys(("gather", "gather*"), r"write \begin{gathered}"),
    **dict.fromkeys(("cases*", "dcases*", "rcases*"), r"write \begin{cases}, and words in \text{…}"),
    **{f"{kind}matrix*": r"write \left[\begin{array}{rr} … \end{array}\right]" for kind in ("", "p", "b", "B", "v", "V")},
    "tabular": r"write \begin{array}",
}
REFUSED = {
    **dict.fromkeys((r"\color", r"\textcolor", r"\colorbox", r"\fcolorbox", r"\definecolor"), PLAIN),
    **{rf"\{size}": PLAIN for size in ("tiny", "scriptsize", "footnotesize", "small", "normalsize", "sixptsize")},
    **{rf"\{size}": PLAIN for size in ("large", "Large", "LARGE", "huge", "Huge")},
    **{rf"\{stroke}": r"write \underbrace{…}_{= 0}" for stroke in ("cancel", "bcancel", "xcancel", "sout", "st")},
    **dict.fromkeys((r"\angl", r"\angln", r"\phase"), r"write \angle"),
    **dict.fromkeys((r"\widecheck", r"\utilde"), r"write \widetilde or \widehat above the letters"),
    **dict.fromkeys((r"\smash", r"\mathllap", r"\mathrlap", r"\mathclap", r"\llap", r"\rlap"), "leave it out"),
    **dict.fromkeys((r"\ref", r"\eqref", r"\autoref", r"\cref"), "refer to a formula in the sentence: [](#eq-name)"),
    **dict.fromkeys((r"\tag", r"\notag", r"\nonumber"), r"the book counts; write \label{eq-name} for a number, or nothing"),
    **dict.fromkeys((r"\sfrac", r"\nicefrac"), r"write a/b or \tfrac{a}{b}"),
    **dict.fromkeys((r"\SI", r"\si", r"\num", r"\qty", r"\unit"), r"write the number, and the unit as \,\mathrm{…}"),
    **dict.fromkeys((r"\hbox", r"\fbox", r"\framebox"), r"write \text{…} or \boxed{…}"),
    **dict.fromkeys((r"\href", r"\url", r"\cite", r"\footnote"), "write it in the sentence"),
    **dict.fromkeys((r"\verb", r"\lstinline"), r"write \texttt{…}"),
    **dict.fromkeys((r"\intertext", r"\shortintertext"), "end the formula, and begin another below the sentence"),
    **dict.fromkeys((r"\cr", r"\newline"), r"write \\"),
    **dict.fromkeys((r"\uline", r"\underbar"), r"write \underline{…}"),
    **dict.fromkeys((r"\multicolumn", r"\multirow", r"\cline"), "write a table of the page, or leave it out"),
    r"\DeclareMathOperator": r"write \operatorname{name} where it is used",
    r"\raisebox": "leave it out",
    r"\pmb": r"write \boldsymbol{…}",
    r"\ce": r"write \mathrm{H_2O}",
    r"\vspace": "leave it out",
}


class FormulaError(Exception):
    """What is wrong with a formula: one sentence, and the line of the formula in which it is."""

    def __init__(self, what: str, latex: str, line: int = 0, remedy: str = ""):
        lines = latex.split("\n")
        shown = lines[min(line, len(lines) - 1)].strip()
        shown = shown if len(shown) <= 80 else f"{shown[:79]}…"
        super().__init__(" ".join(f"{what} in the formula {shown}{': ' if remedy else ''}{remedy}".split()))
        self.line = line


def unlabelled(latex: str, display: bool) -> tuple[str, str]:
    """Return a formula without its label, and the label; FormulaError says what is wrong with it."""
    found = LABEL.findall(latex)
    rest = LABEL.sub("", latex)
    if len(found) > 1:
        raise FormulaError(r"a second \label", latex, latex.count("\n", 0, latex.rindex(r"\label")), "a formula has one number")
    if found and not display:
        raise FormulaError(r"\label", latex, remedy="only a formula between $$ lines has a number")
    if found and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", found[0]):
        remedy = r"a label is letters, digits and -, as in \label{eq-name}"
        raise FormulaError(rf"\label{{{found[0]}}}", latex, latex.count("\n", 0, latex.index(r"\label")), remedy)
    if re.search(r"\\label(?![A-Za-z])", rest):
        raise FormulaError(r"\label without a name in braces", latex, remedy=r"write \label{eq-name}")
    return rest, found[0] if found else ""


def rewritten(latex: str) -> str:
    """Return a formula in the LaTeX that math-core knows, line by line; FormulaError says what cannot be said in it."""
    reader = _Reader(latex)
    if len(reader.tokens) > LONGEST:
        raise FormulaError(f"more than {LONGEST} commands and signs", latex, remedy="make two formulas of it")
    return reader.math("")


class _Reader:
    """Reads a formula from left to right, by its braces and environments."""

    def __init__(self, latex: str):
        self.latex, self.tokens, self.place, self.depth = latex, TOKEN.findall(latex), 0, 0

    def fails(self, what: str, remedy: str = "") -> FormulaError:
        return FormulaError(what, self.latex, "".join(self.tokens[: self.place - 1]).count("\n"), remedy)

    def next(self) -> str:
        """Return the next token, nothing at the end."""
        self.place += 1
        return self.tokens[self.place - 1] if self.place <= len(self.tokens) else ""

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def space(self) -> str:
        return self.next() if self.peek().isspace() else ""

    def math(self, end: str, rows: bool = False) -> str:
        r"""Return what stands before the token `end`, rewritten; `rows` says whether `\\` may part it."""
        made, self.depth = [], self.depth + 1
        if self.depth > DEEPEST:
            raise self.fails(f"braces in braces, more than {DEEPEST}")
        while (token := self.next()) != end:
            if token == "":
                raise self.fails(f"no {end} to close what is open" if end != r"\end" else r"\begin without its \end")
            if wide := [sign for sign in token if unicodedata.east_asian_width(sign) in "WF"]:
                raise self.fails(f"“{wide[0]}”", r"words stand in \text{…}, and brackets and commas are those of ASCII")
            made.append(self.part(token, rows))
        self.depth -= 1
        return "".join(made)

    def part(self, token: str, rows: bool) -> str:
        """Return one token, with what belongs to it, rewritten."""
        self.known(token)
        if token == "{":
            return f"{{{self.math('}')}}}"
        if token == "}":
            raise self.fails("a } without its {")
        if token == r"\begin":
            return self.environment()
        if token == r"\end":
            raise self.fails(r"\end without its \begin, or between braces")
        if token in TEXTS:
            return self.text(token)
        if token == r"\substack":
            return self.substack()
        if token == r"\operatorname":
            return self.operator()
        if token == r"\\":
            return self.row(rows)
        if token in LENGTHS:
            return self.length(token)
        return token

    def known(self, token: str) -> None:
        """Raise FormulaError if a token cannot be shown, or would swallow what follows."""
        if token in REFUSED:
            raise self.fails(f"{token} is not supported", REFUSED[token])
        if token == "%":
            raise self.fails("a % that would hide the rest of its line", r"write \%")
        if odd := re.search(INVISIBLE, token):
            raise self.fails(f"the invisible character U+{ord(odd[0]):04X}", "write an ordinary space, or leave it out")
        if token == "$":
            raise self.fails("a $", r"write \$ for the sign; mathematics among words stands in \text{…}")

    def row(self, rows: bool) -> str:
        if not rows:
            raise self.fails(r"\\ outside of an environment", r"write \begin{gathered} or \begin{aligned}")
        if sign := re.match(r"\s*([\[*])", "".join(self.tokens[self.place : self.place + 2])):
            raise self.fails(rf"\\{sign[1]}, which would be printed,", r"write \\ alone, and {} before a bracket or a star")
        return r"\\"

    def length(self, command: str) -> str:
        """Return a command that makes room; its length stands behind it."""
        rest = "".join(self.tokens[self.place : self.place + 16])
        if not (length := re.match(r"\*?\s*\{?\s*([-+]?[\d.]+\s*(?:[a-z]{2})?)", rest)):
            raise self.fails(f"{command} without a length", r"write \hspace{1em}")
        if length[1].startswith("-"):
            raise self.fails(f"{command} with a negative length", r"write \!, or leave it out")
        if rest.startswith("*") or not length[1].endswith(("em", "ex", "mu")):
            raise self.fails(f"{command}{length[0].rstrip()}", r"write a length in em, as in \hspace{1em}")
        return command

    def name(self, command: str) -> str:
        r"""Return the name in braces after `\begin` or `\end`."""
        self.space()
        if self.next() != "{":
            raise self.fails(f"{command} without a name in braces")
        name = ""
        while (token := self.next()) != "}":
            if not re.fullmatch(r"[A-Za-z*]", token):
                raise self.fails(f"{command} without a name in braces")
            name += token
        return name

    def environment(self) -> str:
        name = self.name(r"\begin")
        if name in REFUSED_ENVIRONMENTS:
            raise self.fails(rf"\begin{{{name}}} is not supported", REFUSED_ENVIRONMENTS[name])
        if self.peek() == "[" and name not in ARRAYS:
            raise self.fails(rf"an option of \begin{{{name}}}", "leave it out, or write {} before the bracket")
        columns = self.columns(name) if name in ARRAYS else COLUMNS.get(name, "")
        body = self.math(r"\end", rows=True)
        if (other := self.name(r"\end")) != name:
            raise self.fails(rf"\begin{{{name}}} ends with \end{{{other}}}", rf"write \end{{{name}}}")
        known = ENVIRONMENTS.get(name, name)
        return rf"\begin{{{known}}}{columns}{body}\end{{{known}}}"

    def columns(self, name: str) -> str:
        space = self.space()
        if self.peek() == "[":
            raise self.fails(rf"an option of \begin{{{name}}}", "leave it out")
        spec = ""
        if self.next() == "{":
            while (token := self.next()) not in ("}", ""):
                spec += token
        if not re.fullmatch(r"[lcr|:\s]*[lcr][lcr|:\s]*", spec):
            raise self.fails(rf"\begin{{{name}}}{{{spec}}}", r"its columns are l, c, r, | and :, as in \begin{array}{c|c}")
        return f"{space}{{{spec}}}"

    def substack(self) -> str:
        space = self.space()
        if self.next() != "{":
            raise self.fails(r"\substack without braces")
        return rf"\substack{space}{{{self.math('}', rows=True)}}}"

    def operator(self) -> str:
        r"""Return `\operatorname{…}` as it is; with a letter of an alphabet in it as `\mathop{…}`."""
        star = self.next() if self.peek() == "*" else ""
        space = self.space()
        if self.peek() != "{":
            return rf"\operatorname{star}{space}"
        self.next()
        inside = self.math("}")
        if re.fullmatch(r"(?:[^\\{}_^&#$%~]|\\[ ,:;!])+", inside):
            return rf"\operatorname{star}{space}{{{inside}}}"
        if not star and ALPHABET.fullmatch(inside):
            return rf"\mathop{space}{{{inside}}}"
        raise self.fails(rf"\operatorname{star}{{{inside}}}", "an operator's name is letters, without commands")

    def text(self, command: str) -> str:
        r"""Return `\text{…}` with the formulas among its words taken out: `{\text{if }{x}\text{ is}}`."""
        space = self.space()
        if self.peek() != "{":
            return command + space
        self.next()
        command = r"\text" if command == r"\mbox" else command
        words, made, depth = [], [], 0
        while (token := self.next()) != "}" or depth:
            if token == "":
                raise self.fails(f"no }} to close {command}")
            if token != "$":
                self.known(token)
            if token in ("$", r"\("):
                if depth:
                    raise self.fails(f"{token} in braces within {command}", f"write it directly in the braces of {command}")
                inside = self.math("$" if token == "$" else r"\)")
                made += [f"{command}{{{''.join(words)}}}", f"{{{inside}}}"]
                words = []
                continue
            if re.fullmatch(r"[_^#&]", token):
                raise self.fails(f"{token} within {command}", rf"write \{token} for the sign, and mathematics between $…$")
            if token == r"\\":
                raise self.fails(rf"\\ within {command}", "end its braces before the new line")
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth > DEEPEST:
                raise self.fails(f"braces in braces, more than {DEEPEST}")
            after_sign = words and re.fullmatch(r"\\[^A-Za-z]", words[-1]) and token.isspace()
            words.append("\\ " + "\n" * token.count("\n") if after_sign else token)  # math-core drops this space
        made.append(f"{command}{{{''.join(words)}}}")
        return command + space + made[0][len(command) :] if len(made) == 1 else f"{{{space}{''.join(made)}}}"

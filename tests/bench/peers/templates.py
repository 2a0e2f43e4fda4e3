"""The peers' configuration files: one template a proxy, for every case.

`${NAME}` is a value. The lines from `#@if FLAG` to `#@end` are kept when the case has the flag;
those from `#@for r in LIST` to `#@end` are repeated for each item, whose keys are `${r_key}`.
"""
import string
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "templates"


def render(name, values, flags):
    return expand((FOLDER / name).read_text(), values, flags)


def expand(text, values, flags):
    return "\n".join(_expanded(text.split("\n"), values, flags))


def _expanded(lines, values, flags):
    out = []
    rest = iter(lines)
    for line in rest:
        if not line.startswith("#@"):
            out.append(string.Template(line).safe_substitute(values))
            continue
        body = _until_end(rest)
        word, *names = line[2:].split()
        if word == "if":
            out += _expanded(body, values, flags) if names[0] in flags else []
        else:
            item, _, sequence = names
            for one in values.get(sequence, ()):
                own = {f"{item}_{key}": value for key, value in one.items()}
                out += _expanded(body, {**values, **own}, flags)
    return out


def _until_end(lines):
    body, depth = [], 1
    for line in lines:
        if line.startswith("#@end"):
            depth -= 1
            if depth == 0:
                return body
        elif line.startswith("#@"):
            depth += 1
        body.append(line)
    raise ValueError("a block of the template has no #@end")

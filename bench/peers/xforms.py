"""Holds the XForms that Casque writes against those that pyxform writes of the same workbooks.

    python3 -m venv /path/of/an/environment && /path/of/an/environment/bin/pip install pyxform==4.5.0
    /path/of/an/environment/bin/python bench/peers/xforms.py CASQUE FOLDER..

CASQUE is the built program; every .xlsx and .xls below the folders is converted by both. Two forms are
equal where their parsed XML is: the order of attributes and of texts, and blanks, are free. Prints every
difference, the counts, and CPU seconds of both over all workbooks (Casque is started for each). Fails
where a form is different or invalid, or one of the two refuses what the other takes.

    .../python bench/peers/xforms.py --seconds PASSES FOLDER..

Converts with pyxform alone, so often, and prints how many workbooks it takes and the CPU seconds that one
pass over these took; a pass before them is not counted. `bench forms` compares with that.
"""

import os
import pathlib
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

from pyxform.xls2xform import convert


def packed(text):
    return "".join((text or "").split())


def canonical(element):
    inner = [canonical(child) for child in element]
    texts = [packed(element.text)] + [packed(child.tail) for child in element]
    if element.tag.rsplit("}", 1)[-1] in ("itext", "translation", "text"):
        inner.sort()
    attributes = sorted((name, packed(value)) for name, value in element.attrib.items())
    return (element.tag, tuple(attributes), tuple(texts) if any(texts) else (), tuple(inner))


def difference(theirs, ours, path=""):
    if theirs == ours:
        return None
    path += "/" + theirs[0].rsplit("}", 1)[-1]
    if theirs[:3] != ours[:3] or len(theirs[3]) != len(ours[3]):
        return f"{path}: {theirs[:3]} {len(theirs[3])} / {ours[:3]} {len(ours[3])}"[:600]
    return next(filter(None, (difference(a, b, path) for a, b in zip(theirs[3], ours[3]))))


def by_pyxform(path):
    try:
        return convert(str(path), validate=False, pretty_print=False).xform, ""
    except Exception as error:  # pyxform has no one kind of refusal
        return None, f"{type(error).__name__}: {error}".splitlines()[0][:120]


def by_casque(casque, path):
    command = [casque, "register", "check", "--xform", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return (run.stdout, "") if run.returncode == 0 else (None, run.stderr.splitlines()[0][:160])


def workbooks(folders):
    found = (path for folder in folders for path in sorted(pathlib.Path(folder).rglob("*.xls*")))
    return [path for path in found if path.suffix in (".xls", ".xlsx")]


def main(casque, folders):
    paths = workbooks(folders)
    counts = dict.fromkeys(
        ("equal", "different", "refused by both", "refused by casque", "refused by pyxform", "invalid"), 0)
    began = time.process_time()
    theirs = {path: by_pyxform(path) for path in paths}
    their_seconds = time.process_time() - began
    ours = {path: by_casque(casque, path) for path in paths}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path in paths:
        (their_form, their_reason), (our_form, our_reason) = theirs[path], ours[path]
        if our_form is None:
            outcome = "refused by both" if their_form is None else "refused by casque"
            told = our_reason
        else:
            try:
                parsed = canonical(xml.fromstring(our_form))
                if their_form is None:
                    outcome, told = "refused by pyxform", their_reason
                else:
                    told = difference(canonical(xml.fromstring(their_form)), parsed)
                    outcome = "different" if told else "equal"
            except xml.ParseError as error:
                outcome, told = "invalid", str(error)
        counts[outcome] += 1
        if outcome != "equal":
            print(f"{outcome}: {os.path.basename(path)}: {told}")
    print(f"{len(paths)} workbooks: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    print(f"CPU seconds: casque {used.ru_utime + used.ru_stime:.2f}, pyxform {their_seconds:.2f}")
    return counts["equal"] + counts["refused by both"] == len(paths) > 0


def seconds(passes, folders):
    taken = [path for path in workbooks(folders) if by_pyxform(path)[0] is not None]
    began = time.process_time()
    for _ in range(passes):
        for path in taken:
            by_pyxform(path)
    print(len(taken), (time.process_time() - began) / passes)


if __name__ == "__main__":
    if sys.argv[1] == "--seconds":
        sys.exit(seconds(int(sys.argv[2]), sys.argv[3:]))
    sys.exit(0 if main(sys.argv[1], sys.argv[2:]) else 1)

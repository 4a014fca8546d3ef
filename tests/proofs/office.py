"""What a DOCX holds, in one line of words: headings with their levels, tables with their rows. Read with nothing of ours."""
import re
import sys
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def styles(package):
    """Names of styles by their ids: LibreOffice writes ids of its own."""
    root = ElementTree.fromstring(package.read("word/styles.xml"))
    return {s.get(W + "styleId"): s.find(W + "name").get(W + "val").lower() for s in root.iter(W + "style")}


def text(element):
    return "".join(t.text or "" for t in element.iter(W + "t"))


def outline(path):
    package = zipfile.ZipFile(path)
    names = styles(package)
    body = ElementTree.fromstring(package.read("word/document.xml")).find(W + "body")
    for p in body.iter(W + "p"):
        style = p.find(f"{W}pPr/{W}pStyle")
        level = re.fullmatch(r"heading ([1-6])", names.get(style.get(W + "val"), "")) if style is not None else None
        if level:
            yield f"h{level[1]} {text(p).strip()}"
    for table in body.iter(W + "tbl"):
        for row in table.iter(W + "tr"):
            header = "head" if row.find(f"{W}trPr/{W}tblHeader") is not None else "row"
            yield header + " " + " | ".join(text(cell).strip() for cell in row.iter(W + "tc"))


print("\n".join(outline(sys.argv[1])))

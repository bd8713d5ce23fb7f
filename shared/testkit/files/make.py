#!/usr/bin/env python3
"""Makes the files of this folder anew, with the tools that people's files are made with.

    python3 -m venv venv && venv/bin/pip install msgforge==1.0.0 msoffcrypto-tool==6.1.0
    venv/bin/python make.py

It needs LibreOffice (writer, calc, headless, with its Python bridge `uno` for the system's python3), qpdf, ImageMagick and
Info-ZIP on the path. Everything in the files is invented; no author, no path and no machine is in them, which the end of
this script checks. The tools stamp times and random ids, so that two runs differ in bytes and not in kind.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PASSWORD = "sample"

LETTER = """<html><head><meta charset="utf-8"></head><body><h1>Special status</h1>
<p>Sample Clinic was a small practice in the performance period. The trailer's word /Encrypt is only a word here.</p>
</body></html>"""
TABLE = "measure,numerator,denominator\n236,40,50\n001,10,60\n"

# Run by the system's Python, beside a LibreOffice that listens: filters with a password are reached in no other way.
LOCKED = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
def value(name, value):
    one = PropertyValue(); one.Name = name; one.Value = value; return one
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for attempt in range(100):
    try:
        context = resolver.resolve("uno:pipe,name=" + sys.argv[1] + ";urp;StarOffice.ComponentContext"); break
    except Exception:
        time.sleep(0.3)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
for source, target, filter in zip(sys.argv[3::3], sys.argv[4::3], sys.argv[5::3]):
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),))
    document.storeToURL(uno.systemPathToFileUrl(target), (value("FilterName", filter), value("Password", sys.argv[2])))
    document.close(True)
desktop.terminate()
"""


def run(*words, **options):
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL, **options)


def documents(work):
    (work / "letter.html").write_text(LETTER)
    (work / "table.csv").write_text(TABLE)
    office = ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless"]

    def convert(target, source, *options):
        run(*office, *options, "--convert-to", target, "--outdir", work, source)

    convert("odt:writer8", work / "letter.html", "--infilter=HTML (StarWriter)")
    for target in ["doc:MS Word 97", "docx:MS Word 2007 XML", "pdf:writer_pdf_Export", "rtf:Rich Text Format"]:
        convert(target, work / "letter.odt")
    for target in ["ods:calc8", "xls:MS Excel 97", "xlsx:Calc MS Excel 2007 XML"]:
        convert(target, work / "table.csv")
    pipe = f"files-{work.name}"
    listening = subprocess.Popen([*office, f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL)
    run("/usr/bin/python3", "-c", LOCKED, pipe, PASSWORD,
        work / "letter.odt", work / "locked.doc", "MS Word 97",
        work / "table.ods", work / "locked.xls", "MS Excel 97")
    listening.wait()


def locked_package(work):
    import msoffcrypto.format.ooxml as ooxml
    with open(work / "table.xlsx", "rb") as plain, open(work / "locked.xlsx", "wb") as locked:
        ooxml.OOXMLFile(plain).encrypt(PASSWORD, locked)


def pdfs(work):
    plain = work / "letter.pdf"
    keys = ["--encrypt", PASSWORD, "owner", "256", "--"]
    run("qpdf", "--object-streams=generate", plain, work / "streams.pdf")
    run("qpdf", "--linearize", plain, work / "linear.pdf")
    run("qpdf", "--object-streams=disable", *keys, plain, work / "locked.pdf")
    run("qpdf", "--object-streams=generate", *keys, plain, work / "locked-streams.pdf")
    run("qpdf", "--object-streams=disable", "--encrypt", "", "owner", "256", "--print=none", "--", plain, work / "owner.pdf")


def pictures(work):
    draw = ["convert", "-size", "120x80", "gradient:navy-white", "-strip"]
    run(*draw, work / "scan.png")
    run(*draw, "-quality", "70", work / "scan.jpg")
    run(*draw, "-quality", "70", "-interlace", "JPEG", work / "progressive.jpg")


def messages(work):
    from msgforge import Message
    message = Message(
        subject="Case CS0606124", html_body="<p>The extract is attached.</p>",
        sender=("filer@example.org", "Sample Filer"), to=[("help@example.org", "Sample Desk")], sent=True,
    )
    message.attach(work / "letter.pdf")
    message.attach(work / "table.xlsx")
    message.save(work / "case.msg")


def archives(work):
    run("zip", "-q", "-X", "-P", PASSWORD, "locked.zip", "table.csv", cwd=work)


KEPT = [
    "letter.pdf", "streams.pdf", "linear.pdf", "locked.pdf", "locked-streams.pdf", "owner.pdf",
    "scan.png", "scan.jpg", "progressive.jpg",
    "letter.doc", "letter.docx", "letter.rtf", "letter.odt", "locked.doc",
    "table.xls", "table.xlsx", "locked.xls", "locked.xlsx",
    "case.msg", "locked.zip",
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for make in (documents, locked_package, pdfs, pictures, messages, archives):
            make(work)
        for name in KEPT:
            content = (work / name).read_bytes()
            for trace in (folder, str(Path.home()), str(HERE)):
                if trace.encode() in content or trace.encode("utf-16-le") in content:
                    sys.exit(f"{name} holds {trace}: find the option of its tool that leaves it out")
            (HERE / name).write_bytes(content)
            print(f"{len(content):7} {name}")


main()

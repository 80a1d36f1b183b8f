"""What may reach a terminal, a spreadsheet, a program, a browser, a mail client: each function yields what is wrong."""
import csv
import email
import email.policy
import html.parser
import io
import json
import re
import xml.etree.ElementTree as tree

# Moves a cursor, ends a line, or turns one around.
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufffe\uffff]")
IN_CELLS = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
TAGS = {"html", "head", "meta", "title", "style", "body", "header", "footer", "section", "div", "span", "p", "h1", "h2", "h3",
        "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "br", "img", "svg", "g", "rect",
        "text", "line", "path", "small", "strong", "em", "ul", "li", "a", "main", "nav", "figure", "figcaption"}
ATTRIBUTES = {"class", "dir", "lang", "charset", "http-equiv", "content", "name", "colspan", "rowspan", "scope", "id",
              "viewbox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "fill", "text-anchor", "role", "aria-label",
              "alt", "d", "transform", "font-size", "font-family", "font-weight", "xmlns", "style"}
csv.field_size_limit(2**30)
HEADERS = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type", "reply-to", "content-language",
           "auto-submitted", "content-transfer-encoding"}


def utf8(data):
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return data.decode("utf-8", "replace"), [f"no UTF-8: {error}"]


def terminal(data):
    text, wrong = utf8(data)
    yield from wrong
    if seen := CONTROLS.search(text):
        yield f"a raw U+{ord(seen[0]):04X} for a terminal: {text[max(0, seen.start() - 60):seen.end() + 20]!r}"


def as_json(data):
    yield from terminal(data)
    if not data:  # a document or a refusal of words that were not understood
        return
    def refuse(word):
        raise ValueError(word)
    try:
        answer = json.loads(data, parse_constant=refuse)
        json.dumps(answer, ensure_ascii=False).encode()  # no half of a surrogate pair
        if answer.get("format") != 1 or "command" not in answer:
            yield "JSON without format and command"
    except ValueError as error:
        yield f"no JSON: {error}: {data[:200]!r}"


def as_csv(data):
    text, wrong = utf8(data)
    yield from wrong
    if seen := IN_CELLS.search(text):
        yield f"a raw U+{ord(seen[0]):04X} in CSV: {text[max(0, seen.start() - 60):seen.end() + 20]!r}"
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for row in rows:
        if len(row) != len(rows[0]):
            yield f"a row of {len(row)} cells below a head of {len(rows[0])}"
        for cell in row:
            if cell[:1] in tuple("=+-@\t\r") and not NUMBER.fullmatch(cell):
                yield f"a formula for a spreadsheet: {cell[:80]!r}"


class Page(html.parser.HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.wrong, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.wrong.append(f"the tag <{tag}>")
        for name, value in attrs:
            if name == "src" and (value or "").startswith("data:image/png;base64,"):
                continue
            if name == "href" and re.match(r"#|https?:", value or ""):
                continue
            if name not in ATTRIBUTES:
                self.wrong.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.wrong.append(f"a comment: {data[:80]!r}")

    def handle_pi(self, data):
        self.wrong.append(f"an instruction: {data[:80]!r}")

    def unknown_decl(self, data):
        self.wrong.append(f"a declaration: {data[:80]!r}")


def as_html(data, holds=()):
    text, wrong = utf8(data)
    yield from wrong
    if seen := re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text):
        yield f"a raw U+{ord(seen[0]):04X} in HTML"
    page = Page()
    page.feed(text)
    page.close()
    yield from page.wrong
    yield from (f"the text is not there: {each!r}" for each in holds if each not in page.text)


def as_xml(data, holds=()):
    try:
        text = "".join(tree.fromstring(data).itertext())
    except tree.ParseError as error:
        yield f"no XML: {error}"
        return
    yield from (f"the text is not there: {each!r}" for each in holds if each not in text)


def as_pdf(data):
    if not data.startswith(b"%PDF-1.") or not data.rstrip().endswith(b"%%EOF"):
        yield f"no PDF: {data[:40]!r}"


def as_mail(data):
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]", data) or b"\r" in data.replace(b"\r\n", b""):
        yield "a mail with a lone CR, a control character or a byte above ASCII"
    if long := [line for line in data.splitlines() if len(line) > 998]:
        yield f"a line of {len(long[0])} letters in a mail"
    message = email.message_from_bytes(data, policy=email.policy.default)
    names = [name.lower() for name in message.keys()]
    yield from (f"the header {name} is there twice" for name in HEADERS if names.count(name) > 1)
    yield from (f"the header {name}" for name in names if name not in HEADERS)
    yield from (f"a mail without {name}" for name in ("from", "to", "subject", "date", "message-id") if name not in names)
    if not re.fullmatch(r"[^<>@\s,]+@[^<>@\s,]+", str(message["to"])):
        yield f"To: {message['to']}"
    if CONTROLS.search(str(message["subject"])):
        yield f"Subject: {message['subject']!r}"
    for part in message.walk():
        yield from (f"a defect of a mail: {defect!r}" for defect in part.defects)
        name = part.get_filename()
        if name is not None and not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", name):
            yield f"an attachment named {name!r}"
        if part.get_content_type() == "text/html":
            yield from as_html(part.get_content().encode())
        if part.get_content_type() in ("application/xml", "text/xml"):
            yield from as_xml(part.get_payload(decode=True))

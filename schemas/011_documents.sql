-- Documents as they left the house: what the client has got is given back byte for byte, whatever
-- program, fonts or config would make of the invoice today (design/documents.md).

CREATE TABLE stored_document (
  id         INTEGER PRIMARY KEY,
  tenant_id  INTEGER NOT NULL REFERENCES tenant (id),
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  format     TEXT NOT NULL CHECK (format <> ''),     -- text, html, pdf, ubl …
  digest     TEXT NOT NULL CHECK (length(digest) = 64),   -- SHA-256 of the content
  content    BLOB NOT NULL,
  stored_at  INTEGER NOT NULL,
  UNIQUE (invoice_id, format)
) STRICT;

-- Append-only, and only of what was issued: a draft may still change. REPLACE would delete without
-- firing a DELETE trigger where recursive_triggers is off, so the way in is guarded too.
CREATE TRIGGER stored_document_frozen BEFORE UPDATE ON stored_document
BEGIN SELECT RAISE(ABORT, 'what was sent never changes'); END;
CREATE TRIGGER stored_document_never_goes BEFORE DELETE ON stored_document
BEGIN SELECT RAISE(ABORT, 'what was sent never goes'); END;
CREATE TRIGGER stored_document_never_replaced BEFORE INSERT ON stored_document
WHEN EXISTS (SELECT 1 FROM stored_document
             WHERE id = NEW.id OR (invoice_id = NEW.invoice_id AND format = NEW.format))
BEGIN SELECT RAISE(ABORT, 'what was sent never changes'); END;
CREATE TRIGGER stored_document_of_issued BEFORE INSERT ON stored_document
WHEN NOT EXISTS (SELECT 1 FROM invoice WHERE id = NEW.invoice_id AND tenant_id = NEW.tenant_id
                 AND state IN ('issued', 'voided'))
BEGIN SELECT RAISE(ABORT, 'only what was issued is stored as sent'); END;

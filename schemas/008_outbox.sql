-- Outbox: what is to reach a provider, and what is to reach people by mail. The payload's bytes, digest and key are frozen when it is
-- queued; an attempt is committed before the call, so that a crash in between is seen as unknown.

CREATE TABLE submission (
  id             INTEGER PRIMARY KEY,
  tenant_id      INTEGER NOT NULL REFERENCES tenant (id),
  invoice_id     INTEGER NOT NULL REFERENCES invoice (id),
  provider       TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'draft')),
  key            TEXT NOT NULL,              -- 32 lower-case hex digits
  revision       TEXT NOT NULL,              -- the seal; of a draft the SHA-256 of its canonical bytes
  payload        BLOB NOT NULL,
  payload_digest TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN
    ('queued', 'sending', 'accepted', 'deferred', 'unknown', 'rejected')),
  remote_id      TEXT NOT NULL DEFAULT '',
  attempts       INTEGER NOT NULL DEFAULT 0,
  next_try_at    INTEGER,
  message        TEXT NOT NULL DEFAULT '',
  queued_at      INTEGER NOT NULL,
  done_at        INTEGER,
  superseded     INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1)),   -- a later revision took its place
  UNIQUE (tenant_id, provider, key)
) STRICT;
CREATE UNIQUE INDEX submission_current ON submission (invoice_id, provider) WHERE superseded = 0;
CREATE INDEX submission_waiting ON submission (tenant_id, provider, id)
  WHERE state IN ('queued', 'sending', 'deferred', 'unknown') AND superseded = 0;

CREATE TABLE attempt (
  submission_id INTEGER NOT NULL REFERENCES submission (id),
  number        INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  ended_at      INTEGER,
  outcome       TEXT NOT NULL DEFAULT '',
  message       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (submission_id, number)
) STRICT, WITHOUT ROWID;

-- Every column by name and no UPDATE OF list: `SET rowid = …` would walk past that. What a later
-- revision took the place of never comes back, or REPLACE would throw out the later one.
CREATE TRIGGER submission_payload_frozen BEFORE UPDATE ON submission
WHEN NEW.id <> OLD.id OR NEW.tenant_id <> OLD.tenant_id OR NEW.invoice_id <> OLD.invoice_id
  OR NEW.provider <> OLD.provider OR NEW.kind <> OLD.kind OR NEW.key <> OLD.key
  OR NEW.revision <> OLD.revision OR NEW.payload <> OLD.payload
  OR NEW.payload_digest <> OLD.payload_digest OR NEW.queued_at <> OLD.queued_at
  OR NEW.superseded < OLD.superseded
BEGIN SELECT RAISE(ABORT, 'what was queued never changes'); END;
CREATE TRIGGER submission_never_goes BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'what was queued never goes'); END;
CREATE TRIGGER submission_never_replaced BEFORE INSERT ON submission
WHEN EXISTS (SELECT 1 FROM submission WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM submission
             WHERE tenant_id = NEW.tenant_id AND provider = NEW.provider AND key = NEW.key)
  OR (NEW.superseded = 0 AND EXISTS (SELECT 1 FROM submission WHERE superseded = 0
      AND invoice_id = NEW.invoice_id AND provider = NEW.provider))
BEGIN SELECT RAISE(ABORT, 'what was queued never changes'); END;
CREATE TRIGGER attempt_stays BEFORE UPDATE ON attempt
WHEN NEW.submission_id <> OLD.submission_id OR NEW.number <> OLD.number OR NEW.started_at <> OLD.started_at
BEGIN SELECT RAISE(ABORT, 'an attempt is history'); END;
CREATE TRIGGER attempt_never_goes BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'an attempt is history'); END;
CREATE TRIGGER attempt_never_replaced BEFORE INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM attempt WHERE submission_id = NEW.submission_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'an attempt is history'); END;

-- Mail: the message as it was queued, with all that is attached. Of an invoice the newest that is no
-- trial counts; a notice is about no invoice. What went another way (post, by hand) is a row as well,
-- without a message: a person's word.
CREATE TABLE mail (
  id             INTEGER PRIMARY KEY,
  tenant_id      INTEGER NOT NULL REFERENCES tenant (id),
  invoice_id     INTEGER REFERENCES invoice (id),
  purpose        TEXT NOT NULL CHECK (purpose IN ('invoice', 'trial', 'notice')),
  via            TEXT NOT NULL CHECK (via <> ''),   -- mail; else how a person says that it went
  key            TEXT NOT NULL,              -- 32 lower-case hex digits
  revision       TEXT NOT NULL,              -- what the key is made of beside tenant and draft number
  message_id     TEXT NOT NULL,
  sender         TEXT NOT NULL,
  recipient      TEXT NOT NULL,
  payload_digest TEXT NOT NULL,              -- of mail_content
  state          TEXT NOT NULL CHECK (state IN
    ('queued', 'sending', 'sent', 'deferred', 'unknown', 'rejected')),
  attempts       INTEGER NOT NULL DEFAULT 0,
  next_try_at    INTEGER,
  message        TEXT NOT NULL DEFAULT '',
  queued_at      INTEGER NOT NULL,
  done_at        INTEGER,
  superseded     INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1)),   -- a later mail took its place
  UNIQUE (tenant_id, key),
  CHECK ((purpose = 'notice') = (invoice_id IS NULL)),
  CHECK (via = 'mail' OR (state = 'sent' AND purpose = 'invoice'))
) STRICT;
CREATE UNIQUE INDEX mail_current ON mail (invoice_id) WHERE superseded = 0 AND purpose = 'invoice';
CREATE INDEX mail_of_invoice ON mail (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX mail_waiting ON mail (tenant_id, id)
  WHERE superseded = 0 AND state IN ('queued', 'sending', 'deferred');

-- The message itself, RFC 5322 with lines that end in CR LF: apart, since a row is written anew with
-- each change of state, and 60 KB would be with it. What went another way has none.
CREATE TABLE mail_content (
  mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
  payload BLOB NOT NULL
) STRICT;

CREATE TABLE mail_attempt (
  mail_id    INTEGER NOT NULL REFERENCES mail (id),
  number     INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    TEXT NOT NULL DEFAULT '',
  message    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (mail_id, number)
) STRICT, WITHOUT ROWID;

-- What was sent stays sent and what was rejected stays rejected: one more try is a mail of its own.
CREATE TRIGGER mail_payload_frozen BEFORE UPDATE ON mail
WHEN NEW.id <> OLD.id OR NEW.tenant_id <> OLD.tenant_id OR NEW.invoice_id IS NOT OLD.invoice_id
  OR NEW.purpose <> OLD.purpose OR NEW.via <> OLD.via OR NEW.key <> OLD.key
  OR NEW.revision <> OLD.revision OR NEW.message_id <> OLD.message_id OR NEW.sender <> OLD.sender
  OR NEW.recipient <> OLD.recipient OR NEW.payload_digest <> OLD.payload_digest OR NEW.queued_at <> OLD.queued_at
  OR NEW.superseded < OLD.superseded OR NEW.attempts < OLD.attempts
  OR (OLD.state IN ('sent', 'rejected') AND NEW.state <> OLD.state)
BEGIN SELECT RAISE(ABORT, 'what was queued never changes'); END;
CREATE TRIGGER mail_never_goes BEFORE DELETE ON mail
BEGIN SELECT RAISE(ABORT, 'what was queued never goes'); END;
CREATE TRIGGER mail_never_replaced BEFORE INSERT ON mail
WHEN EXISTS (SELECT 1 FROM mail WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM mail WHERE tenant_id = NEW.tenant_id AND key = NEW.key)
  OR (NEW.superseded = 0 AND NEW.purpose = 'invoice' AND EXISTS (SELECT 1 FROM mail
      WHERE superseded = 0 AND purpose = 'invoice' AND invoice_id = NEW.invoice_id))
BEGIN SELECT RAISE(ABORT, 'what was queued never changes'); END;
CREATE TRIGGER mail_content_frozen BEFORE UPDATE ON mail_content
BEGIN SELECT RAISE(ABORT, 'what was queued never changes'); END;
CREATE TRIGGER mail_content_never_goes BEFORE DELETE ON mail_content
BEGIN SELECT RAISE(ABORT, 'what was queued never goes'); END;
CREATE TRIGGER mail_content_never_replaced BEFORE INSERT ON mail_content
WHEN EXISTS (SELECT 1 FROM mail_content WHERE mail_id = NEW.mail_id)
BEGIN SELECT RAISE(ABORT, 'what was queued never changes'); END;
-- Only what was issued leaves the house.
CREATE TRIGGER mail_of_issued BEFORE INSERT ON mail
WHEN NEW.invoice_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM invoice WHERE id = NEW.invoice_id AND tenant_id = NEW.tenant_id
                  AND state IN ('issued', 'voided'))
BEGIN SELECT RAISE(ABORT, 'only what was issued is sent'); END;
CREATE TRIGGER mail_attempt_stays BEFORE UPDATE ON mail_attempt
WHEN NEW.mail_id <> OLD.mail_id OR NEW.number <> OLD.number OR NEW.started_at <> OLD.started_at
  OR OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an attempt is history'); END;
CREATE TRIGGER mail_attempt_never_goes BEFORE DELETE ON mail_attempt
BEGIN SELECT RAISE(ABORT, 'an attempt is history'); END;
CREATE TRIGGER mail_attempt_never_replaced BEFORE INSERT ON mail_attempt
WHEN EXISTS (SELECT 1 FROM mail_attempt WHERE mail_id = NEW.mail_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'an attempt is history'); END;

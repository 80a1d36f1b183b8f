-- Foundation: tenants, the journal, repeated requests.
--
-- Conventions of every table. Amounts: INTEGER minor units of the row's currency (_minor). Prices,
-- quantities, rates: INTEGER millionths (_micro). Time: INTEGER seconds (_seconds), distance: metres
-- (_metres). Instants: INTEGER seconds since 1970 UTC (_at). Civil dates: TEXT YYYY-MM-DD (_on).
-- Text that is absent is '', all else that may be absent is NULL. Tables are STRICT, every table has
-- a tenant, and references are declared; the bulk stages run with enforcement off and `verify` runs
-- foreign_key_check. In tables of many rows a choice of more than two words is checked by OR: for IN
-- SQLite builds a table of the words anew for every row, which doubles the cost of an import.

CREATE TABLE tenant (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE CHECK (code <> ''),
  test       INTEGER NOT NULL CHECK (test IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

-- What the ledger remembers of its tenant beside records: the digest of the config sections that
-- decide prices, for one.
CREATE TABLE setting (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  name      TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (tenant_id, name)
) STRICT, WITHOUT ROWID;

-- Filters that somebody keeps under a name (S0-6), as they were written: `last-month` stays that.
CREATE TABLE saved_filter (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  name      TEXT NOT NULL CHECK (name <> ''),
  options   TEXT NOT NULL,                  -- JSON: {"--client": ["acme"], "--period": ["last-month"]}
  saved_at  INTEGER NOT NULL,
  saved_by  TEXT NOT NULL,
  PRIMARY KEY (tenant_id, name)
) STRICT, WITHOUT ROWID;

-- The journal: one row for each verb that wrote. `digest` covers the row and the digest before it,
-- so that no row can be changed or taken out of the middle unseen.
CREATE TABLE event (
  id        INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  at        INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  os_user   TEXT NOT NULL,
  verb      TEXT NOT NULL,
  arguments TEXT NOT NULL,
  changes   TEXT NOT NULL,
  previous  TEXT NOT NULL,
  digest    TEXT NOT NULL
) STRICT;

-- What an event touched, so that `explain` finds the history of one thing without reading all.
CREATE TABLE event_subject (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  subject   TEXT NOT NULL,
  event_id  INTEGER NOT NULL REFERENCES event (id),
  what      TEXT NOT NULL,
  PRIMARY KEY (tenant_id, subject, event_id, what)
) STRICT, WITHOUT ROWID;

-- --once KEY: the report of a request that must not be repeated.
CREATE TABLE once (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  key       TEXT NOT NULL,
  verb      TEXT NOT NULL,
  exit      INTEGER NOT NULL,
  report    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, key)
) STRICT, WITHOUT ROWID;

-- The journal only grows. REPLACE deletes without a DELETE trigger unless recursive_triggers is on,
-- which a foreign program will not have set: so inserting over a row is guarded as well.
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_subject_never_changes BEFORE UPDATE ON event_subject
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_subject_never_goes BEFORE DELETE ON event_subject
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Work: engagements, projects, tasks and the entries recorded on them.

CREATE TABLE engagement (
  id             INTEGER PRIMARY KEY,
  tenant_id      INTEGER NOT NULL REFERENCES tenant (id),
  code           TEXT NOT NULL CHECK (code <> ''),
  name           TEXT NOT NULL,
  client_id      INTEGER NOT NULL REFERENCES client (id),
  currency       TEXT NOT NULL DEFAULT '',
  cost_centre    TEXT NOT NULL DEFAULT '',
  bill_to_id     INTEGER REFERENCES client (id),
  invoice_scope  TEXT NOT NULL DEFAULT '',
  bill_by        TEXT NOT NULL DEFAULT '',
  terms          TEXT NOT NULL DEFAULT '',
  po_number      TEXT NOT NULL DEFAULT '',
  contract       TEXT NOT NULL DEFAULT '',
  group_projects TEXT NOT NULL DEFAULT '',
  group_hours    TEXT NOT NULL DEFAULT '',
  group_travel   TEXT NOT NULL DEFAULT '',
  annex          TEXT NOT NULL DEFAULT '',
  UNIQUE (tenant_id, code)
) STRICT;

CREATE TABLE project (
  id             INTEGER PRIMARY KEY,
  tenant_id      INTEGER NOT NULL REFERENCES tenant (id),
  code           TEXT NOT NULL CHECK (code <> ''),
  name           TEXT NOT NULL,
  client_id      INTEGER REFERENCES client (id),
  engagement_id  INTEGER REFERENCES engagement (id),
  currency       TEXT NOT NULL DEFAULT '',
  bill_to_id     INTEGER REFERENCES client (id),
  po_number      TEXT NOT NULL DEFAULT '',
  status         TEXT NOT NULL DEFAULT 'billable' CHECK (
    status = 'billable' OR status = 'not_billable' OR status = 'closed'),
  billable_kinds TEXT NOT NULL DEFAULT '',   -- `time:2026-01-01;expense`, '' = all
  time_rule      TEXT NOT NULL DEFAULT '',
  pm             TEXT NOT NULL DEFAULT '',   -- members' codes, `;` between
  internal       INTEGER NOT NULL DEFAULT 0 CHECK (internal IN (0, 1)),
  comment        TEXT NOT NULL DEFAULT '',
  UNIQUE (tenant_id, code),
  CHECK (internal = 1 OR client_id IS NOT NULL)
) STRICT;

CREATE INDEX project_of_client ON project (client_id);

CREATE TABLE contract_line (
  id               INTEGER PRIMARY KEY,
  tenant_id        INTEGER NOT NULL REFERENCES tenant (id),
  code             TEXT NOT NULL CHECK (code <> ''),
  engagement_id    INTEGER NOT NULL REFERENCES engagement (id),
  type             TEXT NOT NULL CHECK (type IN ('tm', 'fixed')),
  project_id       INTEGER REFERENCES project (id),
  recognised_minor INTEGER NOT NULL DEFAULT 0,
  UNIQUE (tenant_id, code)
) STRICT;

CREATE TABLE task (
  id               INTEGER PRIMARY KEY,
  tenant_id        INTEGER NOT NULL REFERENCES tenant (id),
  code             TEXT NOT NULL CHECK (code <> ''),
  name             TEXT NOT NULL,
  client_id        INTEGER REFERENCES client (id),
  project_id       INTEGER REFERENCES project (id),
  team_id          INTEGER REFERENCES team (id),
  billable         INTEGER NOT NULL DEFAULT 1 CHECK (billable IN (0, 1)),
  product_id       INTEGER REFERENCES product (id),
  price_list       TEXT NOT NULL DEFAULT '',
  unit             TEXT NOT NULL DEFAULT '',
  unit_price_micro INTEGER CHECK (unit_price_micro >= 0),
  quantity_micro   INTEGER,
  status           TEXT NOT NULL DEFAULT 'open' CHECK (status = 'draft' OR status = 'open' OR status = 'done'),
  done_on          TEXT,
  source_type      TEXT NOT NULL DEFAULT '',
  source_ref       TEXT NOT NULL DEFAULT '',
  UNIQUE (tenant_id, code)
) STRICT;

CREATE INDEX task_of_client ON task (client_id) WHERE client_id IS NOT NULL;

-- One piece of recorded work. `ref` is its identity from outside: the id of the import, or what the
-- exporting program says of it. `source` is '' for canonical tables and `entry add`, `task` for the
-- goods entry of a task with its own quantity, else the foreign format.
CREATE TABLE entry (
  id                         INTEGER PRIMARY KEY,
  tenant_id                  INTEGER NOT NULL REFERENCES tenant (id),
  ref                        TEXT NOT NULL CHECK (ref <> ''),
  source                     TEXT NOT NULL DEFAULT '',
  kind                       TEXT NOT NULL CHECK (
    kind = 'time' OR kind = 'mileage' OR kind = 'expense' OR kind = 'goods' OR kind = 'allowance' OR
    kind = 'bill' OR kind = 'instalment' OR kind = 'quote'),
  task_id                    INTEGER REFERENCES task (id),
  project_id                 INTEGER REFERENCES project (id),   -- the task's too, when it names one
  member_id                  INTEGER REFERENCES member (id),
  started_at                 INTEGER,
  stopped_at                 INTEGER,
  raw_seconds                INTEGER CHECK (raw_seconds >= 0),  -- as recorded, kept for ever
  work_on                    TEXT NOT NULL,                     -- fixed at import (X27)
  zone                       TEXT NOT NULL DEFAULT '',
  quantity_micro             INTEGER,
  unit                       TEXT NOT NULL DEFAULT '',
  unit_price_micro           INTEGER CHECK (unit_price_micro >= 0),
  amount_minor               INTEGER,
  distance_metres            INTEGER CHECK (distance_metres >= 0),
  transport_seconds          INTEGER CHECK (transport_seconds >= 0),
  transport_unit_price_micro INTEGER CHECK (transport_unit_price_micro >= 0),
  product_id                 INTEGER REFERENCES product (id),
  job_type_id                INTEGER REFERENCES job_type (id),
  description                TEXT NOT NULL DEFAULT '',
  charge                     TEXT NOT NULL DEFAULT 'billable'
    CHECK (charge = 'billable' OR charge = 'contractual' OR charge = 'non_billable'),
  confirmed_at               INTEGER,
  confirmed_by               TEXT NOT NULL DEFAULT '',
  to_rebill                  INTEGER NOT NULL DEFAULT 1 CHECK (to_rebill IN (0, 1)),
  parent_id                  INTEGER REFERENCES entry (id),
  invoiced_as                TEXT NOT NULL DEFAULT '',
  archived_at                INTEGER,
  withdrawn_at               INTEGER,                           -- gone from its source, deleted or merged
  UNIQUE (tenant_id, ref)
) STRICT;

-- All entries of a project, or of a task that has none. By blocks of rows, so that an import fills one
-- small part of it after the other: an index over all rows at once would be written to at random. Who
-- looks asks each block, 153 of them in ten million entries.
CREATE INDEX entry_of_work ON entry (id >> 16, coalesce(project_id, -task_id));

-- Where entries of a task stand beside those of its project: they were locked when it moved there.
CREATE TABLE task_elsewhere (
  task_id INTEGER NOT NULL REFERENCES task (id),
  work    INTEGER NOT NULL,   -- as in entry_of_work: a project, or the negative of a task
  PRIMARY KEY (task_id, work)
) STRICT, WITHOUT ROWID;

-- What somebody has yet to confirm, in the order of rows and by who worked when.
CREATE INDEX entry_unconfirmed ON entry (id)
  WHERE confirmed_at IS NULL AND archived_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX entry_unconfirmed_of_member ON entry (id >> 16, member_id, work_on)
  WHERE confirmed_at IS NULL AND archived_at IS NULL AND withdrawn_at IS NULL;

-- Goods that are confirmed themselves, yet wait for the session that they are attached to.
CREATE INDEX entry_attached_confirmed ON entry (id)
  WHERE parent_id IS NOT NULL AND confirmed_at IS NOT NULL AND archived_at IS NULL
    AND withdrawn_at IS NULL;

-- Compile's queue: entries whose items must be made, or made anew. A run costs what is here.
CREATE TABLE entry_open (
  entry_id INTEGER PRIMARY KEY NOT NULL REFERENCES entry (id)
) STRICT;

-- Entries that are no candidates now, with the first test that failed; they come back to entry_open
-- when something changes that the tests read (pricing.md 1).
CREATE TABLE entry_parked (
  entry_id   INTEGER PRIMARY KEY NOT NULL REFERENCES entry (id),
  tenant_id  INTEGER NOT NULL REFERENCES tenant (id),
  reason     TEXT NOT NULL,
  detail     TEXT NOT NULL DEFAULT '',
  task_id    INTEGER,
  project_id INTEGER
) STRICT;
CREATE INDEX entry_parked_task ON entry_parked (task_id);
CREATE INDEX entry_parked_project ON entry_parked (project_id);
-- What job types, products and prices can bring back; few rows, whatever else is parked.
CREATE INDEX entry_parked_priced ON entry_parked (entry_id)
  WHERE reason = 'worktype_off' OR reason = 'kind_off' OR reason = 'before_from_date' OR
        reason = 'unit_mismatch' OR reason = 'currency_mismatch' OR reason = 'unit_unknown' OR
        reason = 'no_product';

-- How many are parked, by reason: every compile reports it, and counting would cost what is parked.
CREATE TABLE parked_count (
  tenant_id INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  entries   INTEGER NOT NULL CHECK (entries >= 0),
  PRIMARY KEY (tenant_id, reason)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER entry_parked_counts AFTER INSERT ON entry_parked BEGIN
  INSERT INTO parked_count (tenant_id, reason, entries) VALUES (NEW.tenant_id, NEW.reason, 1)
  ON CONFLICT (tenant_id, reason) DO UPDATE SET entries = entries + 1;
END;
CREATE TRIGGER entry_unparked_counts AFTER DELETE ON entry_parked BEGIN
  UPDATE parked_count SET entries = entries - 1
  WHERE tenant_id = OLD.tenant_id AND reason = OLD.reason;
END;
CREATE TRIGGER entry_parked_stays BEFORE UPDATE ON entry_parked
BEGIN SELECT RAISE(ABORT, 'a parked entry is taken out and parked anew'); END;

-- Goods attached to a session follow its confirmation, so they are looked at when it changes.
CREATE INDEX entry_attached ON entry (parent_id) WHERE parent_id IS NOT NULL;

-- A share that was split off an entry: it leaves with it when that one is withdrawn from its source.
CREATE TABLE entry_share (
  entry_id INTEGER PRIMARY KEY NOT NULL REFERENCES entry (id),
  of_id    INTEGER NOT NULL REFERENCES entry (id),
  merge_id INTEGER                        -- the last merge of that one before the split
) STRICT;
CREATE INDEX entry_share_of ON entry_share (of_id);

-- A merge: the entry that holds the others, as it was before, so that it can be undone exactly.
CREATE TABLE entry_merge (
  id                         INTEGER PRIMARY KEY,
  tenant_id                  INTEGER NOT NULL REFERENCES tenant (id),
  entry_id                   INTEGER NOT NULL REFERENCES entry (id),
  edits                      TEXT NOT NULL,   -- its fields that were edited by hand, `;` between
  ref                        TEXT NOT NULL,
  source                     TEXT NOT NULL,
  kind                       TEXT NOT NULL,
  task_id                    INTEGER,
  project_id                 INTEGER,
  member_id                  INTEGER,
  started_at                 INTEGER,
  stopped_at                 INTEGER,
  raw_seconds                INTEGER,
  work_on                    TEXT NOT NULL,
  zone                       TEXT NOT NULL,
  quantity_micro             INTEGER,
  unit                       TEXT NOT NULL,
  unit_price_micro           INTEGER,
  amount_minor               INTEGER,
  distance_metres            INTEGER,
  transport_seconds          INTEGER,
  transport_unit_price_micro INTEGER,
  product_id                 INTEGER,
  job_type_id                INTEGER,
  description                TEXT NOT NULL,
  charge                     TEXT NOT NULL,
  confirmed_at               INTEGER,
  confirmed_by               TEXT NOT NULL,
  to_rebill                  INTEGER NOT NULL,
  parent_id                  INTEGER,
  invoiced_as                TEXT NOT NULL,
  archived_at                INTEGER,
  withdrawn_at               INTEGER
) STRICT;
CREATE INDEX entry_merge_entry ON entry_merge (entry_id);

-- What a merge put into it. Goods attached to such a session moved along: `parent_id` is where they
-- were before.
CREATE TABLE entry_merged (
  merge_id  INTEGER NOT NULL REFERENCES entry_merge (id),
  entry_id  INTEGER NOT NULL REFERENCES entry (id),
  parent_id INTEGER REFERENCES entry (id),
  PRIMARY KEY (merge_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_merged_entry ON entry_merged (entry_id);

-- What changed since the queue was last fed: read and emptied by the next compile or generate.
CREATE TABLE changed (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  kind      TEXT NOT NULL,      -- task project client member job_type product assignment price config …
  row_id    INTEGER NOT NULL,   -- of the table of that name; 0 = anything of that kind
  PRIMARY KEY (tenant_id, kind, row_id)
) STRICT, WITHOUT ROWID;

-- Description rows of a quote entry.
CREATE TABLE quote_row (
  id               INTEGER PRIMARY KEY,
  tenant_id        INTEGER NOT NULL REFERENCES tenant (id),
  entry_id         INTEGER NOT NULL REFERENCES entry (id),
  position         INTEGER NOT NULL,
  description      TEXT NOT NULL,
  quantity_micro   INTEGER,
  unit             TEXT NOT NULL DEFAULT '',
  unit_price_micro INTEGER,
  UNIQUE (entry_id, position)
) STRICT;

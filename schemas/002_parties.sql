-- Parties: who works and who pays. Rows follow imports and edits; what an issued invoice says of
-- them is a snapshot of its own.

CREATE TABLE team (
  id        INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  code      TEXT NOT NULL CHECK (code <> ''),
  name      TEXT NOT NULL,
  UNIQUE (tenant_id, code)
) STRICT;

CREATE TABLE member (
  id                  INTEGER PRIMARY KEY,
  tenant_id           INTEGER NOT NULL REFERENCES tenant (id),
  code                TEXT NOT NULL CHECK (code <> ''),
  name                TEXT NOT NULL,
  email               TEXT NOT NULL DEFAULT '',
  team_id             INTEGER REFERENCES team (id),
  role                TEXT NOT NULL DEFAULT '',
  hours_per_day_micro INTEGER,
  os_user             TEXT NOT NULL DEFAULT '',
  active_until_on     TEXT,
  UNIQUE (tenant_id, code)
) STRICT;

CREATE TABLE client (
  id              INTEGER PRIMARY KEY,
  tenant_id       INTEGER NOT NULL REFERENCES tenant (id),
  code            TEXT NOT NULL CHECK (code <> ''),
  name            TEXT NOT NULL,
  legal_name      TEXT NOT NULL DEFAULT '',
  parent_id       INTEGER REFERENCES client (id),   -- the business link, printed above the name
  kind            TEXT NOT NULL DEFAULT '',
  street          TEXT NOT NULL DEFAULT '',
  street2         TEXT NOT NULL DEFAULT '',
  city            TEXT NOT NULL DEFAULT '',
  postal_code     TEXT NOT NULL DEFAULT '',
  region          TEXT NOT NULL DEFAULT '',
  country         TEXT NOT NULL DEFAULT '',
  vat_id          TEXT NOT NULL DEFAULT '',
  registration_id TEXT NOT NULL DEFAULT '',
  emails          TEXT NOT NULL DEFAULT '',         -- `;` between, the first is written to
  currency        TEXT NOT NULL DEFAULT '',         -- '' = the tenant's
  payment_terms   TEXT NOT NULL DEFAULT '',
  price_list      TEXT NOT NULL DEFAULT '',
  tax             TEXT NOT NULL DEFAULT '',         -- `;` between
  language        TEXT NOT NULL DEFAULT '',
  buyer_reference TEXT NOT NULL DEFAULT '',
  endpoint        TEXT NOT NULL DEFAULT '',
  endpoint_scheme TEXT NOT NULL DEFAULT '',
  time_rule       TEXT NOT NULL DEFAULT '',
  rounding_mode   TEXT NOT NULL DEFAULT '',         -- '' = the tenant's, line, entry
  bill_by         TEXT NOT NULL DEFAULT '',
  invoice_scope   TEXT NOT NULL DEFAULT '',
  group_projects  TEXT NOT NULL DEFAULT '',
  group_hours     TEXT NOT NULL DEFAULT '',
  group_travel    TEXT NOT NULL DEFAULT '',
  annex           TEXT NOT NULL DEFAULT '',
  delivery        TEXT NOT NULL DEFAULT 'mail' CHECK (delivery IN ('mail', 'einvoice', 'post', 'none')),
  active_until_on TEXT,
  comment         TEXT NOT NULL DEFAULT '',
  UNIQUE (tenant_id, code)
) STRICT;

-- A named set of clients (S3-1).
CREATE TABLE selection (
  id        INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  name      TEXT NOT NULL CHECK (name <> ''),
  client_id INTEGER NOT NULL REFERENCES client (id),
  UNIQUE (tenant_id, name, client_id)
) STRICT;

-- Fields that were edited here: a later import keeps its hands off them (kept_local).
CREATE TABLE local_edit (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  kind      TEXT NOT NULL,     -- the import kind: clients, tasks, entries …
  code      TEXT NOT NULL,     -- the record's identity in it
  field     TEXT NOT NULL,     -- its column; '*' = the record was deleted or merged here
  PRIMARY KEY (tenant_id, kind, code, field)
) STRICT, WITHOUT ROWID;

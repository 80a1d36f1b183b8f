-- Catalogue: what is sold and at what price.

CREATE TABLE product (
  id               INTEGER PRIMARY KEY,
  tenant_id        INTEGER NOT NULL REFERENCES tenant (id),
  code             TEXT NOT NULL CHECK (code <> ''),
  name             TEXT NOT NULL,
  unit             TEXT NOT NULL,
  description      TEXT NOT NULL DEFAULT '',
  unit_price_micro INTEGER CHECK (unit_price_micro >= 0),
  currency         TEXT NOT NULL DEFAULT '',
  tax              TEXT NOT NULL DEFAULT '',
  auto_created     TEXT NOT NULL DEFAULT '' CHECK (auto_created IN ('', 'work', 'transport', 'transport_time')),
  UNIQUE (tenant_id, code)
) STRICT;

-- The default products of source 002 exist once for each tenant (S2-24, S2-25).
CREATE UNIQUE INDEX product_default ON product (tenant_id, auto_created) WHERE auto_created <> '';

CREATE TABLE price_list_row (
  id               INTEGER PRIMARY KEY,
  tenant_id        INTEGER NOT NULL REFERENCES tenant (id),
  list             TEXT NOT NULL CHECK (list <> ''),
  product_id       INTEGER NOT NULL REFERENCES product (id),
  unit_price_micro INTEGER NOT NULL CHECK (unit_price_micro >= 0),
  currency         TEXT NOT NULL DEFAULT '',
  valid_from_on    TEXT NOT NULL DEFAULT '',      -- '' = always
  valid_until_on   TEXT NOT NULL DEFAULT '',      -- inclusive
  client_id        INTEGER NOT NULL DEFAULT 0     -- 0 = for all; a negotiated price otherwise
) STRICT;
CREATE UNIQUE INDEX price_list_row_identity
  ON price_list_row (tenant_id, list, product_id, currency, valid_from_on, client_id);

-- Selectors that are 0 or '' match every entry.
CREATE TABLE rate (
  id               INTEGER PRIMARY KEY,
  tenant_id        INTEGER NOT NULL REFERENCES tenant (id),
  unit_price_micro INTEGER NOT NULL CHECK (unit_price_micro >= 0),   -- per hour
  currency         TEXT NOT NULL DEFAULT '',
  project_id       INTEGER NOT NULL DEFAULT 0,
  client_id        INTEGER NOT NULL DEFAULT 0,
  member_id        INTEGER NOT NULL DEFAULT 0,
  role             TEXT NOT NULL DEFAULT '',
  job_type_id      INTEGER NOT NULL DEFAULT 0,
  valid_from_on    TEXT NOT NULL DEFAULT '',
  valid_until_on   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX rate_identity
  ON rate (tenant_id, project_id, client_id, member_id, role, job_type_id, currency, valid_from_on);

CREATE TABLE job_type (
  id        INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  code      TEXT NOT NULL CHECK (code <> ''),
  name      TEXT NOT NULL,
  billable  INTEGER NOT NULL DEFAULT 1 CHECK (billable IN (0, 1)),
  UNIQUE (tenant_id, code)
) STRICT;

-- Which product serves a task, contact, membership, team or the tenant (S2-17 … S2-21).
CREATE TABLE assignment (
  id         INTEGER PRIMARY KEY,
  tenant_id  INTEGER NOT NULL REFERENCES tenant (id),
  scope      TEXT NOT NULL CHECK (scope IN ('task', 'contact', 'membership', 'team', 'tenant')),
  target     TEXT NOT NULL,              -- the code of it, * for the tenant
  target_id  INTEGER NOT NULL,           -- its row, 0 for the tenant
  product_id INTEGER NOT NULL REFERENCES product (id),
  kind       TEXT NOT NULL DEFAULT '',   -- '' = every line kind that its unit fits
  UNIQUE (tenant_id, scope, target, kind)
) STRICT;

CREATE TABLE exchange_rate (
  id            INTEGER PRIMARY KEY,
  tenant_id     INTEGER NOT NULL REFERENCES tenant (id),
  valid_on      TEXT NOT NULL,
  from_currency TEXT NOT NULL,
  to_currency   TEXT NOT NULL,
  rate_micro    INTEGER NOT NULL CHECK (rate_micro > 0),
  UNIQUE (tenant_id, valid_on, from_currency, to_currency)
) STRICT;

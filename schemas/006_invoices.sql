-- Invoices: drafts, and documents frozen at issue.
--
-- Two layers (X2): the document (invoice, line, tax_row) is frozen when it is issued; the material
-- (placed, adjustment) may change afterwards and never alters the document.

CREATE TABLE invoice (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,   -- that of a deleted draft is never given again
  tenant_id         INTEGER NOT NULL REFERENCES tenant (id),
  type              TEXT NOT NULL DEFAULT 'invoice' CHECK (type IN ('invoice', 'credit_note')),
  imported          INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),   -- of another program: no draft, no seal, never sent
  state             TEXT NOT NULL DEFAULT 'draft' CHECK (
    state = 'draft' OR state = 'held' OR state = 'issued' OR state = 'voided'),
  revision          INTEGER NOT NULL DEFAULT 1,     -- of the content: approvals hang on it (X22)
  draft_number      TEXT NOT NULL,
  number            TEXT,                           -- from issue on
  series            TEXT,                           -- the series that gave it, NULL for an override
  series_year       TEXT,
  sequence          INTEGER,                        -- its place in series and year
  corrects_id       INTEGER REFERENCES invoice (id),
  items_after       TEXT NOT NULL DEFAULT '' CHECK (items_after = '' OR items_after = 'keep' OR items_after = 'reopen'
                                                    OR items_after = 'archive'),   -- of a credit note: what its items become
  reissues_id       INTEGER REFERENCES invoice (id),  -- the voided invoice that this one issues again
  client_id         INTEGER NOT NULL REFERENCES client (id),
  bill_to_id        INTEGER NOT NULL REFERENCES client (id),
  currency          TEXT NOT NULL,
  scope             TEXT NOT NULL DEFAULT 'client' CHECK (
    scope = 'client' OR scope = 'po' OR scope = 'engagement' OR scope = 'project'),
  engagement_id     INTEGER REFERENCES engagement (id),   -- with scope engagement
  project_id        INTEGER REFERENCES project (id),      -- with scope project
  name              TEXT NOT NULL DEFAULT '',
  title             TEXT NOT NULL DEFAULT '',
  subtitle          TEXT NOT NULL DEFAULT '',
  po_number         TEXT NOT NULL DEFAULT '',
  cost_centre       TEXT NOT NULL DEFAULT '',
  terms             TEXT NOT NULL DEFAULT '',       -- the code of [terms.*]
  invoice_on        TEXT,                           -- the invoice date: empty until issue unless set
  due_on            TEXT,
  ar_period         TEXT NOT NULL DEFAULT '',       -- YYYY-MM
  period_first_on   TEXT NOT NULL,
  period_last_on    TEXT NOT NULL,
  rounding          TEXT NOT NULL,                  -- half-away, half-even: the invoice's own for ever
  rounding_mode     TEXT NOT NULL CHECK (rounding_mode IN ('line', 'entry')),
  quantity_decimals INTEGER NOT NULL,
  bill_by           TEXT NOT NULL DEFAULT 'hour' CHECK (bill_by IN ('hour', 'day')),
  group_projects    TEXT NOT NULL DEFAULT '',
  group_hours       TEXT NOT NULL DEFAULT '',
  group_travel      TEXT NOT NULL DEFAULT '',
  annex             TEXT NOT NULL DEFAULT 'none',
  notes             TEXT NOT NULL DEFAULT '',       -- editable for ever; sealed as they stood at issue
  notes_at_issue    TEXT NOT NULL DEFAULT '',
  job_id            INTEGER,                        -- the job and period that made it
  by_hand           INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),  -- a line or link was changed by hand (X4 rules)
  unallocated_minor INTEGER NOT NULL DEFAULT 0,
  last_line         INTEGER NOT NULL DEFAULT 0,     -- the highest id that a line removed by hand had
  material_first_on TEXT,                           -- the material period, once it is not the invoice's (S1-15)
  material_last_on  TEXT,
  -- summary (S4-39); exclusions and prepaid are positive here and count as negative terms
  starting_minor    INTEGER NOT NULL DEFAULT 0,
  adjustments_minor INTEGER NOT NULL DEFAULT 0,
  exclusions_minor  INTEGER NOT NULL DEFAULT 0,
  milestones_minor  INTEGER NOT NULL DEFAULT 0,
  -- amounts: BT-106, 109, 110, 112, 113, 115
  lines_minor       INTEGER NOT NULL DEFAULT 0,
  excl_tax_minor    INTEGER NOT NULL DEFAULT 0,
  tax_minor         INTEGER NOT NULL DEFAULT 0,
  incl_tax_minor    INTEGER NOT NULL DEFAULT 0,
  prepaid_minor     INTEGER NOT NULL DEFAULT 0,
  payable_minor     INTEGER NOT NULL DEFAULT 0,
  tax_accounting_minor    INTEGER,                  -- BT-111, in the tenant's currency
  accounting_currency     TEXT NOT NULL DEFAULT '',
  exchange_rate_micro     INTEGER,
  contract          TEXT NOT NULL DEFAULT '',       -- of the engagement that all its items share (BT-12)
  -- frozen at issue
  seller            TEXT NOT NULL DEFAULT '',       -- JSON
  buyer             TEXT NOT NULL DEFAULT '',       -- JSON
  terms_snapshot    TEXT NOT NULL DEFAULT '',       -- JSON
  created_at        INTEGER NOT NULL,
  issued_at         INTEGER,
  previous_seal     TEXT,                           -- of the document issued before it in its series
  seal              TEXT,
  signature         TEXT NOT NULL DEFAULT '',
  CHECK ((state IN ('issued', 'voided')) =
         (number IS NOT NULL AND invoice_on IS NOT NULL AND issued_at IS NOT NULL AND seal IS NOT NULL
          AND seller <> '' AND buyer <> '')),
  UNIQUE (tenant_id, draft_number)
) STRICT;
CREATE UNIQUE INDEX invoice_number ON invoice (tenant_id, number) WHERE number IS NOT NULL;
CREATE INDEX invoice_of_client ON invoice (client_id, id);
-- Where a series ends, found at every opening for writing; the few whose number is no series'.
CREATE INDEX invoice_in_series ON invoice (tenant_id, series, series_year, sequence) WHERE series IS NOT NULL;
CREATE INDEX invoice_outside_series ON invoice (tenant_id, seal) WHERE series IS NULL AND seal IS NOT NULL;
CREATE INDEX invoice_open ON invoice (tenant_id, id) WHERE state IN ('draft', 'held');
CREATE INDEX invoice_of_job ON invoice (job_id, client_id) WHERE job_id IS NOT NULL;

-- `line` is the line's id on its invoice: given once, never shifted, never used again.
CREATE TABLE line (
  invoice_id       INTEGER NOT NULL REFERENCES invoice (id),
  line             INTEGER NOT NULL,
  position         INTEGER NOT NULL,
  kind             TEXT NOT NULL,                   -- time travel expense goods bill instalment quote text …
  source           TEXT NOT NULL DEFAULT 'items' CHECK (source IN ('items', 'typed')),
  corrects_line    INTEGER,                         -- of a credit note: the line of its invoice that it takes back
  worded           INTEGER NOT NULL DEFAULT 0 CHECK (worded IN (0, 1)),   -- its description was written by hand
  description      TEXT NOT NULL,
  quantity_micro   INTEGER,                         -- NULL: a text line
  unit             TEXT NOT NULL DEFAULT '',
  unit_price_micro INTEGER,
  allowance_minor  INTEGER NOT NULL DEFAULT 0,      -- signed: an allowance is negative, a charge positive
  amount_minor     INTEGER NOT NULL DEFAULT 0,      -- quantity x price, rounded, + allowance
  tax              TEXT NOT NULL DEFAULT '',        -- codes, `;` between: the line's tax treatment
  tax_rate_micro   INTEGER,                         -- of its VAT, set at issue where the tax rows do not say it
  project_id       INTEGER,
  task_id          INTEGER,
  first_on         TEXT,                            -- of its items' work dates (BG-26)
  last_on          TEXT,
  PRIMARY KEY (invoice_id, line)
) STRICT, WITHOUT ROWID;

-- The material of an invoice. line = 0: its line was removed by hand and it stays linked (S1-43).
-- share: what the line's amount gave it at generate, its update row and report price until something
-- is changed by hand; then the two last columns rule (X4).
CREATE TABLE placed (
  invoice_id       INTEGER NOT NULL REFERENCES invoice (id),
  line             INTEGER NOT NULL,
  item_id          INTEGER NOT NULL REFERENCES item (id),
  share_minor      INTEGER NOT NULL,
  update_row_minor INTEGER,
  report_minor     INTEGER,
  PRIMARY KEY (invoice_id, line, item_id)
) STRICT, WITHOUT ROWID;

-- An item is on one invoice at most.
CREATE TABLE item_placed (
  item_id    INTEGER PRIMARY KEY NOT NULL REFERENCES item (id),
  invoice_id INTEGER NOT NULL REFERENCES invoice (id)
) STRICT;

-- Signed amounts beside the source, never in it (arithmetic.md 8).
CREATE TABLE adjustment (
  id           INTEGER PRIMARY KEY,
  invoice_id   INTEGER NOT NULL REFERENCES invoice (id),
  item_id      INTEGER REFERENCES item (id),
  line         INTEGER,
  kind         TEXT NOT NULL CHECK (kind IN ('revalue', 'write', 'daily', 'rate_type', 'typed')),
  amount_minor INTEGER NOT NULL,
  unit_price_micro INTEGER,                         -- the price that it set (revalue, rate_type)
  reason       TEXT NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  actor        TEXT NOT NULL,
  undone_at    INTEGER,
  event_id     INTEGER NOT NULL DEFAULT 0           -- of the journal, that made it: what orders one second
) STRICT;
CREATE INDEX adjustment_of_invoice ON adjustment (invoice_id);

-- What happened to an item on an invoice; append-only (X2, X3). amount: what exclusions grew by
-- (negative when it came back), or the new price.
CREATE TABLE material_event (
  id           INTEGER PRIMARY KEY,
  invoice_id   INTEGER NOT NULL REFERENCES invoice (id),
  item_id      INTEGER NOT NULL REFERENCES item (id),
  what         TEXT NOT NULL CHECK (what IN
    ('link', 'release', 'exclude', 'include', 'transfer', 'orphan', 'price', 'revert', 'void', 'credit')),
  amount_minor INTEGER NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  actor        TEXT NOT NULL,
  event_id     INTEGER NOT NULL DEFAULT 0           -- of the journal
) STRICT;
CREATE INDEX material_event_of_item ON material_event (item_id);
CREATE INDEX material_event_of_invoice ON material_event (invoice_id);

CREATE TABLE tax_row (
  invoice_id   INTEGER NOT NULL REFERENCES invoice (id),
  position     INTEGER NOT NULL,
  tax          TEXT NOT NULL,                       -- the code of [tax.*]
  category     TEXT NOT NULL DEFAULT '',            -- UNCL5305
  rate_micro   INTEGER NOT NULL,
  base_minor   INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  overridden   INTEGER NOT NULL DEFAULT 0 CHECK (overridden IN (0, 1)),
  stale        INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),
  reason       TEXT NOT NULL DEFAULT '',            -- of an exemption
  vatex        TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (invoice_id, position)
) STRICT, WITHOUT ROWID;

-- Taxes that a person put on a draft, or took off it: they outlast lines that are made anew.
CREATE TABLE picked_tax (
  invoice_id   INTEGER NOT NULL REFERENCES invoice (id),
  tax          TEXT NOT NULL,                       -- the code of [tax.*]
  on_it        INTEGER NOT NULL CHECK (on_it = 0 OR on_it = 1),
  PRIMARY KEY (invoice_id, tax)
) STRICT, WITHOUT ROWID;

CREATE TABLE prepayment (
  invoice_id       INTEGER NOT NULL REFERENCES invoice (id),
  contract_line_id INTEGER NOT NULL REFERENCES contract_line (id),
  applied_minor    INTEGER NOT NULL,
  tax_minor        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (invoice_id, contract_line_id)
) STRICT, WITHOUT ROWID;

-- An approval counts while its revision is the invoice's and it is not withdrawn.
CREATE TABLE approval (
  id           INTEGER PRIMARY KEY,
  invoice_id   INTEGER NOT NULL REFERENCES invoice (id),
  role         TEXT NOT NULL CHECK (role IN ('pm', 'finance', 'management')),
  revision     INTEGER NOT NULL,
  actor        TEXT NOT NULL,
  os_user      TEXT NOT NULL,
  at           INTEGER NOT NULL,
  comment      TEXT NOT NULL DEFAULT '',
  withdrawn_at INTEGER,
  withdrawn_by TEXT NOT NULL DEFAULT '',
  event_id     INTEGER NOT NULL DEFAULT 0,          -- of the journal, that gave it
  withdrawn_event_id INTEGER
) STRICT;
CREATE INDEX approval_of_invoice ON approval (invoice_id);

-- What was so when an invoice was issued and its paper does not say. Required: the roles whose approval
-- it needed by the rules of that day, `;` between; some a job may have taken as given (X16). The
-- checksum is of its material's shares, which INSERT OR REPLACE can change past the triggers below. The
-- digest is of what is frozen here and not sealed: terms, contract, why a tax is not charged, …
-- The journal's event of its last approval and its last material event tell what came after the issue;
-- instants do not: clocks go back.
CREATE TABLE issue_record (
  invoice_id      INTEGER PRIMARY KEY NOT NULL REFERENCES invoice (id),
  required        TEXT NOT NULL,
  taken_as_given  TEXT NOT NULL,
  distinct_people INTEGER NOT NULL CHECK (distinct_people = 0 OR distinct_people = 1),
  unsealed_digest TEXT NOT NULL CHECK (length(unsealed_digest) = 64),
  shares_checksum INTEGER NOT NULL,
  last_approval   INTEGER NOT NULL,                 -- event; 0: none
  last_material   INTEGER NOT NULL                  -- material_event; 0: none
) STRICT;

-- Every name an invoice ever had, to find it by; a number here is never given again (X28).
CREATE TABLE invoice_name (
  tenant_id  INTEGER NOT NULL REFERENCES tenant (id),
  name       TEXT NOT NULL,
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  issued     INTEGER NOT NULL DEFAULT 0 CHECK (issued IN (0, 1)),
  PRIMARY KEY (tenant_id, name)
) STRICT, WITHOUT ROWID;

-- The document of an issued invoice never changes: the client has it. Only its state (to voided) and
-- the notes may move. UPDATE OR REPLACE and INSERT OR REPLACE would delete the issued row without
-- firing a DELETE trigger where recursive_triggers is off, so the way in is guarded too.
CREATE TRIGGER invoice_frozen BEFORE UPDATE ON invoice
WHEN OLD.state IN ('issued', 'voided') AND NOT (
  NEW.id = OLD.id AND NEW.tenant_id = OLD.tenant_id AND NEW.type = OLD.type
  AND NEW.imported = OLD.imported
  AND (NEW.state = OLD.state OR (OLD.state = 'issued' AND NEW.state = 'voided'))
  AND NEW.revision = OLD.revision AND NEW.draft_number = OLD.draft_number
  AND NEW.number IS OLD.number AND NEW.series IS OLD.series AND NEW.series_year IS OLD.series_year
  AND NEW.sequence IS OLD.sequence AND NEW.corrects_id IS OLD.corrects_id
  AND NEW.items_after = OLD.items_after AND NEW.reissues_id IS OLD.reissues_id
  AND NEW.client_id = OLD.client_id AND NEW.bill_to_id = OLD.bill_to_id AND NEW.currency = OLD.currency
  AND NEW.scope = OLD.scope AND NEW.engagement_id IS OLD.engagement_id AND NEW.project_id IS OLD.project_id
  AND NEW.name = OLD.name AND NEW.title = OLD.title AND NEW.subtitle = OLD.subtitle
  AND NEW.po_number = OLD.po_number AND NEW.cost_centre = OLD.cost_centre AND NEW.terms = OLD.terms
  AND NEW.invoice_on IS OLD.invoice_on AND NEW.due_on IS OLD.due_on AND NEW.ar_period = OLD.ar_period
  AND NEW.period_first_on = OLD.period_first_on AND NEW.period_last_on = OLD.period_last_on
  AND NEW.rounding = OLD.rounding AND NEW.rounding_mode = OLD.rounding_mode
  AND NEW.quantity_decimals = OLD.quantity_decimals AND NEW.bill_by = OLD.bill_by
  AND NEW.group_projects = OLD.group_projects AND NEW.group_hours = OLD.group_hours
  AND NEW.group_travel = OLD.group_travel AND NEW.annex = OLD.annex
  AND NEW.notes_at_issue = OLD.notes_at_issue AND NEW.job_id IS OLD.job_id AND NEW.last_line = OLD.last_line
  AND NEW.starting_minor = OLD.starting_minor AND NEW.adjustments_minor = OLD.adjustments_minor
  AND NEW.exclusions_minor = OLD.exclusions_minor AND NEW.milestones_minor = OLD.milestones_minor
  AND NEW.lines_minor = OLD.lines_minor AND NEW.excl_tax_minor = OLD.excl_tax_minor
  AND NEW.tax_minor = OLD.tax_minor AND NEW.incl_tax_minor = OLD.incl_tax_minor
  AND NEW.prepaid_minor = OLD.prepaid_minor AND NEW.payable_minor = OLD.payable_minor
  AND NEW.tax_accounting_minor IS OLD.tax_accounting_minor
  AND NEW.accounting_currency = OLD.accounting_currency
  AND NEW.exchange_rate_micro IS OLD.exchange_rate_micro AND NEW.contract = OLD.contract
  AND NEW.seller = OLD.seller AND NEW.buyer = OLD.buyer AND NEW.terms_snapshot = OLD.terms_snapshot
  AND NEW.created_at = OLD.created_at AND NEW.issued_at IS OLD.issued_at
  AND NEW.previous_seal IS OLD.previous_seal AND NEW.seal IS OLD.seal AND NEW.signature = OLD.signature)
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;
-- No list of columns (UPDATE OF id): SQLite compares names, and `SET rowid = …` would walk past it.
CREATE TRIGGER invoice_takes_no_place BEFORE UPDATE ON invoice
WHEN (NEW.id <> OLD.id OR NEW.tenant_id <> OLD.tenant_id OR NEW.draft_number <> OLD.draft_number
      OR NEW.number IS NOT OLD.number)
  AND EXISTS (SELECT 1 FROM invoice AS other WHERE other.id <> OLD.id AND other.state IN ('issued', 'voided')
              AND (other.id = NEW.id OR (other.tenant_id = NEW.tenant_id
                   AND (other.number = NEW.number OR other.draft_number = NEW.draft_number))))
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;
CREATE TRIGGER invoice_never_goes BEFORE DELETE ON invoice WHEN OLD.state IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'an issued invoice never goes'); END;
CREATE TRIGGER invoice_never_replaced BEFORE INSERT ON invoice
WHEN EXISTS (SELECT 1 FROM invoice WHERE id = NEW.id AND state IN ('issued', 'voided'))
  OR EXISTS (SELECT 1 FROM invoice WHERE tenant_id = NEW.tenant_id AND number = NEW.number)
  OR EXISTS (SELECT 1 FROM invoice WHERE tenant_id = NEW.tenant_id AND draft_number = NEW.draft_number
             AND state IN ('issued', 'voided'))
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;

CREATE TRIGGER line_frozen BEFORE UPDATE ON line
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
  OR (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'a line of an issued invoice never changes'); END;
CREATE TRIGGER line_never_goes BEFORE DELETE ON line
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'a line of an issued invoice never goes'); END;
CREATE TRIGGER line_never_joins BEFORE INSERT ON line
WHEN (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'an issued invoice gets no line'); END;

CREATE TRIGGER tax_row_frozen BEFORE UPDATE ON tax_row
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
  OR (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'a tax row of an issued invoice never changes'); END;
CREATE TRIGGER tax_row_never_goes BEFORE DELETE ON tax_row
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'a tax row of an issued invoice never goes'); END;
CREATE TRIGGER tax_row_never_joins BEFORE INSERT ON tax_row
WHEN (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'an issued invoice gets no tax row'); END;

CREATE TRIGGER prepayment_frozen BEFORE UPDATE ON prepayment
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
  OR (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'a prepayment on an issued invoice never changes'); END;
CREATE TRIGGER prepayment_never_goes BEFORE DELETE ON prepayment
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'a prepayment on an issued invoice never goes'); END;
CREATE TRIGGER prepayment_never_joins BEFORE INSERT ON prepayment
WHEN (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'an issued invoice gets no prepayment'); END;

-- A link to an issued invoice goes only after the event that says why (X3): material_event first. Its
-- report prices may move, its identity and its share may not. A trigger on this insert
-- costs 45 % of `generate`, so INSERT OR REPLACE of a link is refused by these two only where
-- recursive_triggers is on, as billctl opens it; what another program replaced `verify line-sum` finds
-- by the checksum in issue_record.
CREATE TRIGGER placed_release_is_told BEFORE DELETE ON placed
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
  AND NOT EXISTS (SELECT 1 FROM material_event WHERE item_id = OLD.item_id AND invoice_id = OLD.invoice_id)
BEGIN SELECT RAISE(ABORT, 'material leaves an issued invoice only by an event'); END;
CREATE TRIGGER placed_stays BEFORE UPDATE ON placed
WHEN (NEW.invoice_id <> OLD.invoice_id OR NEW.item_id <> OLD.item_id OR NEW.line <> OLD.line
      OR NEW.share_minor <> OLD.share_minor)
  AND ((SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
       OR (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided'))
BEGIN SELECT RAISE(ABORT, 'material leaves an issued invoice only by an event'); END;

CREATE TRIGGER material_event_never_changes BEFORE UPDATE ON material_event
BEGIN SELECT RAISE(ABORT, 'material events are append-only'); END;
-- With a draft that is deleted its own events go; the journal tells of them.
CREATE TRIGGER material_event_never_goes BEFORE DELETE ON material_event
WHEN NOT EXISTS (SELECT 1 FROM invoice WHERE id = OLD.invoice_id AND state IN ('draft', 'held'))
BEGIN SELECT RAISE(ABORT, 'material events are append-only'); END;
CREATE TRIGGER material_event_never_replaced BEFORE INSERT ON material_event
WHEN EXISTS (SELECT 1 FROM material_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'material events are append-only'); END;

-- Who approved what was issued, and under which number: history from then on.
CREATE TRIGGER approval_frozen BEFORE UPDATE ON approval
WHEN NEW.id <> OLD.id
  OR (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
  OR (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'an approval of an issued invoice never changes'); END;
CREATE TRIGGER approval_never_goes BEFORE DELETE ON approval
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'an approval of an issued invoice never goes'); END;
CREATE TRIGGER approval_never_joins BEFORE INSERT ON approval
WHEN (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
  OR EXISTS (SELECT 1 FROM approval WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an issued invoice gets no approval'); END;

CREATE TRIGGER issue_record_never_changes BEFORE UPDATE ON issue_record
BEGIN SELECT RAISE(ABORT, 'what an invoice was issued with never changes'); END;
CREATE TRIGGER issue_record_never_goes BEFORE DELETE ON issue_record
BEGIN SELECT RAISE(ABORT, 'what an invoice was issued with never changes'); END;
CREATE TRIGGER issue_record_never_joins BEFORE INSERT ON issue_record
WHEN EXISTS (SELECT 1 FROM issue_record WHERE invoice_id = NEW.invoice_id)
  OR (SELECT state FROM invoice WHERE id = NEW.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'what an invoice was issued with never changes'); END;

CREATE TRIGGER invoice_name_stays BEFORE UPDATE ON invoice_name
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
  OR EXISTS (SELECT 1 FROM invoice_name WHERE tenant_id = NEW.tenant_id AND name = NEW.name
             AND (OLD.tenant_id <> NEW.tenant_id OR OLD.name <> NEW.name))
BEGIN SELECT RAISE(ABORT, 'a name once given stays'); END;
CREATE TRIGGER invoice_name_never_goes BEFORE DELETE ON invoice_name
WHEN OLD.issued = 1 OR (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'voided')
BEGIN SELECT RAISE(ABORT, 'a name once given stays'); END;
CREATE TRIGGER invoice_name_never_replaced BEFORE INSERT ON invoice_name
WHEN EXISTS (SELECT 1 FROM invoice_name WHERE tenant_id = NEW.tenant_id AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'a name once given stays'); END;

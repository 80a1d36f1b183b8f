-- Items: billable items that compile made of entries, with what decided their product and price.
--
-- An item's state is where it is: pending = in item_open, drafted or invoiced = placed on an invoice
-- that is open or issued; `mark` says the states that have no place.
CREATE TABLE item (
  id                    INTEGER PRIMARY KEY,
  tenant_id             INTEGER NOT NULL REFERENCES tenant (id),
  entry_id              INTEGER NOT NULL REFERENCES entry (id),
  kind                  TEXT NOT NULL CHECK (
    kind = 'time' OR kind = 'goods' OR kind = 'expense' OR kind = 'mileage' OR kind = 'travel_time' OR
    kind = 'allowance' OR kind = 'bill' OR kind = 'instalment' OR kind = 'quote' OR kind = 'joined'),
  client_id             INTEGER NOT NULL REFERENCES client (id),
  project_id            INTEGER REFERENCES project (id),
  engagement_id         INTEGER REFERENCES engagement (id),
  task_id               INTEGER REFERENCES task (id),
  member_id             INTEGER REFERENCES member (id),
  job_type_id           INTEGER REFERENCES job_type (id),
  work_on               TEXT NOT NULL,
  product_id            INTEGER NOT NULL REFERENCES product (id),
  product_scope         TEXT NOT NULL CHECK (
    product_scope = 'entry' OR product_scope = 'task' OR product_scope = 'contact' OR
    product_scope = 'membership' OR product_scope = 'team' OR product_scope = 'tenant' OR
    product_scope = 'default'),
  unit                  TEXT NOT NULL,
  quantity_micro        INTEGER NOT NULL,   -- as shown: rounded to quantity_decimals (km 3)
  raw_seconds           INTEGER,            -- of time, joined, travel_time
  billed_seconds        INTEGER,            -- after the time rule: what lines sum
  metres                INTEGER,            -- of mileage
  pieces_micro          INTEGER,            -- of all else, before it was rounded to be shown
  unit_price_micro      INTEGER NOT NULL CHECK (unit_price_micro >= 0),
  price_source          TEXT NOT NULL CHECK (
    price_source = 'entry' OR price_source = 'task' OR price_source = 'price_list' OR
    price_source = 'rate' OR price_source = 'product' OR price_source = 'default' OR
    price_source = 'contractual' OR price_source = 'joined' OR price_source = 'none'),
  price_row_id          INTEGER,            -- of price_list_row or rate, by the source
  default_price         INTEGER NOT NULL DEFAULT 0 CHECK (default_price IN (0, 1)),  -- a built-in 5.0 or 1000.0
  amount_minor          INTEGER NOT NULL,
  currency              TEXT NOT NULL,
  time_rule             TEXT NOT NULL DEFAULT '',
  mark                  TEXT NOT NULL DEFAULT '' CHECK (
    mark = '' OR mark = 'released' OR mark = 'archived' OR mark = 'credited'),
  previously_invoiced_on TEXT NOT NULL DEFAULT '',
  per_day               INTEGER NOT NULL DEFAULT 0 CHECK (per_day IN (0, 1)),  -- its time rule counts days, not entries
  made_event_id         INTEGER,            -- the event of the journal whose run made it
  changed_event_id      INTEGER             -- the last that made it anew, or released it
) STRICT;

-- Nothing is billed twice: one live item for each entry and kind (X1). Joined hours are the entry's
-- time in another dress, so both count as one.
CREATE UNIQUE INDEX item_live
  ON item (entry_id, CASE kind WHEN 'joined' THEN 'time' ELSE kind END) WHERE mark <> 'released';

-- The history of an entry whose items were released.
CREATE INDEX item_released ON item (entry_id) WHERE mark = 'released';

-- Items that nobody gave a price: what `issue` looks for among the items of an invoice (pricing.md 5).
CREATE INDEX item_price_gap ON item (id) WHERE price_source = 'none' OR default_price = 1;

-- With a time rule per day, the entries of a day that were compiled together share its billed
-- seconds: when one of them changes the others are computed anew (pricing.md 6).
CREATE INDEX item_of_day ON item (member_id, project_id, work_on, made_event_id) WHERE per_day = 1;

-- Generate's queue: the pending items.
CREATE TABLE item_open (
  item_id INTEGER PRIMARY KEY NOT NULL REFERENCES item (id)
) STRICT;

-- A released item is dead: its row is history.
CREATE TRIGGER item_stays_released BEFORE UPDATE ON item WHEN OLD.mark = 'released'
BEGIN SELECT RAISE(ABORT, 'a released item never changes'); END;
CREATE TRIGGER item_never_goes BEFORE DELETE ON item
BEGIN SELECT RAISE(ABORT, 'an item is released and never deleted'); END;

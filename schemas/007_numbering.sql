-- Numbering: one counter row for each series and year, moved only by the transaction that uses the
-- number, so that a number and its document appear together or not at all.

CREATE TABLE series (
  tenant_id      INTEGER NOT NULL REFERENCES tenant (id),
  code           TEXT NOT NULL CHECK (code IN ('draft', 'issued', 'credit')),
  year           TEXT NOT NULL DEFAULT '',    -- '' unless the format names a year
  first_sequence INTEGER NOT NULL,
  next_sequence  INTEGER NOT NULL,
  last_on        TEXT,                        -- the latest invoice date in it: dates never run backwards
  last_seal      TEXT NOT NULL DEFAULT '',    -- the head of its chain of seals
  PRIMARY KEY (tenant_id, code, year),
  CHECK (next_sequence >= first_sequence)
) STRICT, WITHOUT ROWID;

-- `numbering set` moves a series upwards: the numbers it jumped over are no gap.
CREATE TABLE series_jump (
  id            INTEGER PRIMARY KEY,
  tenant_id     INTEGER NOT NULL REFERENCES tenant (id),
  code          TEXT NOT NULL,
  year          TEXT NOT NULL DEFAULT '',
  from_sequence INTEGER NOT NULL,
  to_sequence   INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  actor         TEXT NOT NULL,
  CHECK (to_sequence > from_sequence)
) STRICT;

CREATE TRIGGER series_only_upwards BEFORE UPDATE ON series
WHEN NEW.tenant_id <> OLD.tenant_id OR NEW.code <> OLD.code OR NEW.year <> OLD.year
  OR NEW.first_sequence <> OLD.first_sequence OR NEW.next_sequence < OLD.next_sequence
  OR (OLD.last_on IS NOT NULL AND (NEW.last_on IS NULL OR NEW.last_on < OLD.last_on))
  OR (OLD.last_seal <> '' AND NEW.last_seal = '')
BEGIN SELECT RAISE(ABORT, 'a series only moves upwards'); END;
CREATE TRIGGER series_never_goes BEFORE DELETE ON series
BEGIN SELECT RAISE(ABORT, 'a series never goes'); END;
CREATE TRIGGER series_never_replaced BEFORE INSERT ON series
WHEN EXISTS (SELECT 1 FROM series WHERE tenant_id = NEW.tenant_id AND code = NEW.code AND year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'a series only moves upwards'); END;

CREATE TRIGGER series_jump_never_changes BEFORE UPDATE ON series_jump
BEGIN SELECT RAISE(ABORT, 'a jump of a series is history'); END;
CREATE TRIGGER series_jump_never_goes BEFORE DELETE ON series_jump
BEGIN SELECT RAISE(ABORT, 'a jump of a series is history'); END;
CREATE TRIGGER series_jump_never_replaced BEFORE INSERT ON series_jump
WHEN EXISTS (SELECT 1 FROM series_jump WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a jump of a series is history'); END;

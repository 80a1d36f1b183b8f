-- Closed accounting periods: a closed month takes no invoice date. Closing and reopening are events of
-- the journal; a row stands here while the month is closed.

CREATE TABLE closed_period (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id),
  month     TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  closed_at INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  PRIMARY KEY (tenant_id, month)
) STRICT, WITHOUT ROWID;

-- Instalments are few, and balances are told by them.
CREATE INDEX item_instalment ON item (engagement_id) WHERE kind = 'instalment';
CREATE INDEX prepayment_of_contract_line ON prepayment (contract_line_id);

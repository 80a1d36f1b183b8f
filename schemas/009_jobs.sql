-- Jobs: the mass re-invoicing job. A job is the same job when its name and period are the same.

CREATE TABLE job (
  id              INTEGER PRIMARY KEY,
  tenant_id       INTEGER NOT NULL REFERENCES tenant (id),
  name            TEXT NOT NULL CHECK (name <> ''),
  period_first_on TEXT NOT NULL,
  period_last_on  TEXT NOT NULL,
  UNIQUE (tenant_id, name, period_first_on, period_last_on)
) STRICT;

CREATE TABLE job_run (
  id          INTEGER PRIMARY KEY,
  job_id      INTEGER NOT NULL REFERENCES job (id),
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  actor       TEXT NOT NULL,
  exit        INTEGER,
  report      TEXT NOT NULL DEFAULT ''       -- JSON, as `rebill-job run --json` printed it
) STRICT;
CREATE INDEX job_run_of_job ON job_run (job_id);

-- The outcome of each client of the selection, each exactly once in a run (X14).
CREATE TABLE job_client (
  job_run_id INTEGER NOT NULL REFERENCES job_run (id),
  client_id  INTEGER NOT NULL REFERENCES client (id),
  outcome    TEXT NOT NULL CHECK (outcome IN ('created', 'not_validated', 'failed', 'skipped')),
  reasons    TEXT NOT NULL DEFAULT '[]',     -- JSON: [{code, detail}]
  PRIMARY KEY (job_run_id, client_id)
) STRICT, WITHOUT ROWID;

-- Facts beside the outcomes: invoices created and unsent, entries unbilled; what `--from-job` reads.
CREATE TABLE job_fact (
  job_run_id INTEGER NOT NULL REFERENCES job_run (id),
  fact       TEXT NOT NULL CHECK (fact IN ('created', 'not_validated', 'unsent', 'unbilled')),
  row_id     INTEGER NOT NULL,               -- of invoice, or of entry for unbilled
  code       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (job_run_id, fact, row_id)
) STRICT, WITHOUT ROWID;

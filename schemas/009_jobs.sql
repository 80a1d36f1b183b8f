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
  plan        TEXT NOT NULL DEFAULT '',      -- the digest of the plan file that it carried out
  report      TEXT NOT NULL DEFAULT ''       -- JSON, as `rebill-job run --json` printed it
) STRICT;
CREATE INDEX job_run_of_job ON job_run (job_id);
CREATE INDEX job_run_of_plan ON job_run (plan) WHERE plan <> '';

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

-- A job launched for later (S3-11): its file's words and its period as they were when it was
-- submitted. What was left `running` by a process that died is taken up by the next run-due.
CREATE TABLE job_submission (
  id              INTEGER PRIMARY KEY,
  tenant_id       INTEGER NOT NULL REFERENCES tenant (id),
  name            TEXT NOT NULL CHECK (name <> ''),
  file            TEXT NOT NULL,
  content         TEXT NOT NULL,
  period_first_on TEXT NOT NULL,
  period_last_on  TEXT NOT NULL,
  clients         TEXT NOT NULL DEFAULT '[]',   -- JSON: codes, empty: all of the job's
  report_path     TEXT NOT NULL DEFAULT '',
  due_at          INTEGER NOT NULL,
  submitted_at    INTEGER NOT NULL,
  actor           TEXT NOT NULL,
  state           TEXT NOT NULL DEFAULT 'waiting' CHECK (
    state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  job_run_id      INTEGER REFERENCES job_run (id),
  ended_at        INTEGER,
  exit            INTEGER,
  message         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX job_submission_waiting ON job_submission (tenant_id, due_at, id)
  WHERE state IN ('waiting', 'running');
-- One and the same job waits once.
CREATE UNIQUE INDEX job_submission_once ON job_submission (tenant_id, name, period_first_on, period_last_on)
  WHERE state IN ('waiting', 'running');

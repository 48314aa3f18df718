-- adk-migration: python-1.22.0 to revision 0002 on sqlite

.bail on
BEGIN IMMEDIATE;

-- bookkeeping
-- Our own tables, in which upgrade keeps its record; ADK does not see them
CREATE TABLE IF NOT EXISTS "adk_migration_run" (
  run_number INTEGER NOT NULL,
  id VARCHAR(36) NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  kind VARCHAR(32) NOT NULL,
  outcome VARCHAR(32) NOT NULL,
  from_state VARCHAR(128) NOT NULL,
  to_state VARCHAR(128) NOT NULL,
  application_version VARCHAR(128),
  library_version VARCHAR(64) NOT NULL,
  instance VARCHAR(255) NOT NULL,
  took_over_from VARCHAR(255),
  rows_read INTEGER NOT NULL,
  rows_converted INTEGER NOT NULL,
  rows_substituted INTEGER NOT NULL,
  rows_quarantined INTEGER NOT NULL,
  rows_orphaned INTEGER NOT NULL,
  clock VARCHAR(255),
  names_checksum VARCHAR(64) NOT NULL,
  fingerprint VARCHAR(64),
  backup VARCHAR(255),
  actor VARCHAR(255),
  reason VARCHAR(255),
  lock_kind VARCHAR(255),
  code VARCHAR(64),
  message TEXT,
  PRIMARY KEY (run_number)
);
CREATE TABLE IF NOT EXISTS "adk_migration_step" (
  run_number INTEGER NOT NULL,
  step_number INTEGER NOT NULL,
  changeset VARCHAR(128) NOT NULL,
  revision VARCHAR(16) NOT NULL,
  phase VARCHAR(16) NOT NULL,
  min_compatible VARCHAR(16) NOT NULL,
  forward_sql TEXT NOT NULL,
  forward_sha256 VARCHAR(64) NOT NULL,
  rollback_sql TEXT NOT NULL,
  rollback_sha256 VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  duration_ms INTEGER NOT NULL,
  undone_by INTEGER,
  undo_position INTEGER,
  PRIMARY KEY (run_number, step_number)
);
CREATE TABLE IF NOT EXISTS "adk_migration_checkpoint" (
  name VARCHAR(64) NOT NULL,
  conversion VARCHAR(64) NOT NULL,
  last_key TEXT,
  rows_read INTEGER NOT NULL,
  rows_converted INTEGER NOT NULL,
  rows_substituted INTEGER NOT NULL,
  rows_quarantined INTEGER NOT NULL,
  rows_orphaned INTEGER NOT NULL,
  rows_total INTEGER,
  rows_per_second INTEGER,
  paused_at TEXT,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (name)
);
CREATE TABLE IF NOT EXISTS "adk_migration_quarantine" (
  id TEXT NOT NULL,
  app_name TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  reason VARCHAR(64) NOT NULL,
  message TEXT NOT NULL,
  payload BLOB,
  PRIMARY KEY (id, app_name, user_id, session_id)
);
CREATE TABLE IF NOT EXISTS "adk_migration_substitution" (
  id TEXT NOT NULL,
  app_name TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value_class TEXT NOT NULL
);

-- ext_adk_0002_events_index
-- Create the index on events by session and time
CREATE INDEX "idx_events_app_user_session_ts_id" ON "events" (app_name, user_id, session_id, timestamp DESC, id DESC);

COMMIT;

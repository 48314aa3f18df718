-- adk-migration: python-1.14.0 to revision 0002 on sqlite

.bail on
.dbconfig defensive off
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
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

-- ext_adk_0001_shadow
-- Create the new table of events under a temporary name, its primary key to follow
CREATE TABLE "adk_migration_events_v1" (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME NOT NULL,
  event_data TEXT,
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES "sessions" (app_name, user_id, id) ON DELETE CASCADE
);

-- ext_adk_0001_backfill
-- Convert the events of python-1.14.0.
-- THIS IS A STEP OF OURS, which no SQL can do: here adk-migrate upgrade converts the rows of
-- events into adk_migration_events_v1, batch by batch, and lists in adk_migration_quarantine
-- those that it cannot convert. Without rows there is nothing to convert, and the script does
-- the same as upgrade; the statement below ends it with an error if there are any.
SELECT json('the table of events has rows: let adk-migrate upgrade convert them') FROM "events" LIMIT 1;
CREATE UNIQUE INDEX "adk_migration_events_v1_pkey" ON "adk_migration_events_v1" (id, app_name, user_id, session_id);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE "adk_migration_events_v1" (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME NOT NULL,
  event_data TEXT,
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES "sessions" (app_name, user_id, id) ON DELETE CASCADE
)' WHERE type = 'table' AND name = 'adk_migration_events_v1';
UPDATE sqlite_schema SET sql = NULL, name = 'sqlite_autoindex_adk_migration_events_v1_1' WHERE type = 'index' AND name = 'adk_migration_events_v1_pkey';
PRAGMA writable_schema = RESET;

-- ext_adk_0001_swap
-- Put the converted events in the place of the old ones
INSERT INTO "app_states" (app_name, state, update_time)
SELECT DISTINCT s.app_name, '{}', strftime('%Y-%m-%d %H:%M:%f000', 'now') FROM "sessions" s
WHERE NOT EXISTS (SELECT 1 FROM "app_states" a WHERE a.app_name = s.app_name)
ON CONFLICT DO NOTHING;
INSERT INTO "user_states" (app_name, user_id, state, update_time)
SELECT DISTINCT s.app_name, s.user_id, '{}', strftime('%Y-%m-%d %H:%M:%f000', 'now') FROM "sessions" s
WHERE NOT EXISTS (SELECT 1 FROM "user_states" u WHERE u.app_name = s.app_name AND u.user_id = s.user_id)
ON CONFLICT DO NOTHING;
ALTER TABLE "events" RENAME TO "adk_migration_events_v0";
ALTER TABLE "adk_migration_events_v1" RENAME TO "events";
CREATE INDEX "idx_events_app_user_session_ts_id" ON "events" (app_name, user_id, session_id, timestamp DESC, id DESC);
CREATE TABLE "adk_internal_metadata" (
  "key" VARCHAR(128) NOT NULL,
  value VARCHAR(256) NOT NULL,
  PRIMARY KEY ("key")
);
INSERT INTO "adk_internal_metadata" ("key", value) VALUES ('schema_version', '1');

COMMIT;
PRAGMA legacy_alter_table = OFF;

-- adk-migration: python-1.22.0 to revision 0002 on mysql
-- New tables get the collation utf8mb4_0900_ai_ci; where the sessions have another, put that in its place.

-- bookkeeping
-- Our own tables, in which upgrade keeps its record; ADK does not see them
CREATE TABLE IF NOT EXISTS `adk_migration_run` (
  run_number BIGINT NOT NULL,
  id VARCHAR(36) NOT NULL,
  started_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6),
  kind VARCHAR(32) NOT NULL,
  outcome VARCHAR(32) NOT NULL,
  from_state VARCHAR(128) NOT NULL,
  to_state VARCHAR(128) NOT NULL,
  application_version VARCHAR(128),
  library_version VARCHAR(64) NOT NULL,
  instance VARCHAR(255) NOT NULL,
  took_over_from VARCHAR(255),
  rows_read BIGINT NOT NULL,
  rows_converted BIGINT NOT NULL,
  rows_substituted BIGINT NOT NULL,
  rows_quarantined BIGINT NOT NULL,
  rows_orphaned BIGINT NOT NULL,
  clock VARCHAR(255),
  names_checksum VARCHAR(64) NOT NULL,
  fingerprint VARCHAR(64),
  backup VARCHAR(255),
  actor VARCHAR(255),
  reason VARCHAR(255),
  lock_kind VARCHAR(255),
  code VARCHAR(64),
  message LONGTEXT,
  PRIMARY KEY (run_number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `adk_migration_step` (
  run_number BIGINT NOT NULL,
  step_number INTEGER NOT NULL,
  changeset VARCHAR(128) NOT NULL,
  revision VARCHAR(16) NOT NULL,
  phase VARCHAR(16) NOT NULL,
  min_compatible VARCHAR(16) NOT NULL,
  forward_sql LONGTEXT NOT NULL,
  forward_sha256 VARCHAR(64) NOT NULL,
  rollback_sql LONGTEXT NOT NULL,
  rollback_sha256 VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  duration_ms BIGINT NOT NULL,
  undone_by BIGINT,
  undo_position INTEGER,
  PRIMARY KEY (run_number, step_number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `adk_migration_checkpoint` (
  name VARCHAR(64) NOT NULL,
  conversion VARCHAR(64) NOT NULL,
  last_key LONGTEXT,
  rows_read BIGINT NOT NULL,
  rows_converted BIGINT NOT NULL,
  rows_substituted BIGINT NOT NULL,
  rows_quarantined BIGINT NOT NULL,
  rows_orphaned BIGINT NOT NULL,
  rows_total BIGINT,
  rows_per_second BIGINT,
  paused_at DATETIME(6),
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `adk_migration_quarantine` (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  reason VARCHAR(64) NOT NULL,
  message LONGTEXT NOT NULL,
  payload LONGBLOB,
  PRIMARY KEY (id, app_name, user_id, session_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `adk_migration_substitution` (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  field LONGTEXT NOT NULL,
  value_class LONGTEXT NOT NULL
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `adk_migration_lock` (
  name VARCHAR(64) NOT NULL,
  lock_until DATETIME(3) NOT NULL,
  locked_at DATETIME(3) NOT NULL,
  locked_by VARCHAR(255) NOT NULL,
  PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- ext_adk_0002_events_index
-- Create the index on events by session and time
CREATE INDEX `idx_events_app_user_session_ts_id` ON `events` (app_name, user_id, session_id, timestamp DESC, id DESC) ALGORITHM=INPLACE LOCK=NONE;

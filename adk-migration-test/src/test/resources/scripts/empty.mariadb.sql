-- adk-migration: empty to revision 0002 on mariadb
-- New tables get the collation utf8mb4_general_ci; where the sessions have another, put that in its place.

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

-- ext_adk_0001_sessions
-- Create the table of sessions
CREATE TABLE `sessions` (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  id VARCHAR(128) NOT NULL,
  state LONGTEXT NOT NULL,
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (app_name, user_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- ext_adk_0001_app_states
-- Create the table of application states
CREATE TABLE `app_states` (
  app_name VARCHAR(128) NOT NULL,
  state LONGTEXT NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (app_name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- ext_adk_0001_user_states
-- Create the table of user states
CREATE TABLE `user_states` (
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  state LONGTEXT NOT NULL,
  update_time DATETIME(6) NOT NULL,
  PRIMARY KEY (app_name, user_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- ext_adk_0001_events
-- Create the table of events
CREATE TABLE `events` (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME(6) NOT NULL,
  event_data LONGTEXT,
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES `sessions` (app_name, user_id, id) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- ext_adk_0001_metadata
-- Create the table that names the schema version
CREATE TABLE `adk_internal_metadata` (
  `key` VARCHAR(128) NOT NULL,
  value VARCHAR(256) NOT NULL,
  PRIMARY KEY (`key`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- ext_adk_0001_schema_version
-- Record schema version 1
INSERT INTO `adk_internal_metadata` (`key`, value) VALUES ('schema_version', '1');

-- ext_adk_0002_events_index
-- Create the index on events by session and time
CREATE INDEX `idx_events_app_user_session_ts_id` ON `events` (app_name, user_id, session_id, timestamp DESC, id DESC) ALGORITHM=INPLACE LOCK=NONE;

-- adk-migration: python-1.14.0 to revision 0002 on mysql
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

-- ext_adk_0001_shadow
-- Create the new table of events under a temporary name
CREATE TABLE `adk_migration_events_v1` (
  id VARCHAR(128) NOT NULL,
  app_name VARCHAR(128) NOT NULL,
  user_id VARCHAR(128) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  invocation_id VARCHAR(256) NOT NULL,
  timestamp DATETIME(6) NOT NULL,
  event_data LONGTEXT,
  PRIMARY KEY (id, app_name, user_id, session_id),
  FOREIGN KEY (app_name, user_id, session_id) REFERENCES `sessions` (app_name, user_id, id) ON DELETE CASCADE,
  INDEX `idx_events_app_user_session_ts_id` (app_name, user_id, session_id, timestamp DESC, id DESC)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;

-- ext_adk_0001_backfill
-- Convert the events of python-1.14.0.
-- THIS IS A STEP OF OURS, which no SQL can do: here adk-migrate upgrade converts the rows of
-- events into adk_migration_events_v1, batch by batch, and lists in adk_migration_quarantine
-- those that it cannot convert. Without rows there is nothing to convert, and the script does
-- the same as upgrade; the statement below ends it with an error if there are any.
SET @adk_migration_events_have_rows = (SELECT 1 FROM `events` e JOIN (SELECT 1 AS n UNION ALL SELECT 2) two LIMIT 2);

-- ext_adk_0001_swap
-- Put the converted events in the place of the old ones
SET autocommit = 0;
LOCK TABLES `events` WRITE, `events` AS e WRITE, `adk_migration_events_v1` WRITE, `adk_migration_events_v1` AS n WRITE, `adk_migration_quarantine` WRITE, `adk_migration_substitution` WRITE, `adk_migration_substitution` AS d WRITE, `adk_migration_run` WRITE, `adk_migration_step` WRITE, `app_states` WRITE, `app_states` AS a WRITE, `user_states` WRITE, `user_states` AS u WRITE, `sessions` READ, `sessions` AS s READ;
SET @adk_migration_events_have_rows = (SELECT 1 FROM `events` e JOIN (SELECT 1 AS n UNION ALL SELECT 2) two LIMIT 2);
INSERT IGNORE INTO `app_states` (app_name, state, update_time)
SELECT DISTINCT s.app_name, '{}', UTC_TIMESTAMP(6) FROM `sessions` s
WHERE NOT EXISTS (SELECT 1 FROM `app_states` a WHERE a.app_name = s.app_name);
INSERT IGNORE INTO `user_states` (app_name, user_id, state, update_time)
SELECT DISTINCT s.app_name, s.user_id, '{}', UTC_TIMESTAMP(6) FROM `sessions` s
WHERE NOT EXISTS (SELECT 1 FROM `user_states` u WHERE u.app_name = s.app_name AND u.user_id = s.user_id);
COMMIT;
RENAME TABLE `events` TO `adk_migration_events_v0`, `adk_migration_events_v1` TO `events`;
UNLOCK TABLES;
SET autocommit = 1;

-- ext_adk_0001_metadata
-- Create the table that names the schema version
CREATE TABLE `adk_internal_metadata` (
  `key` VARCHAR(128) NOT NULL,
  value VARCHAR(256) NOT NULL,
  PRIMARY KEY (`key`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;

-- ext_adk_0001_schema_version
-- Record schema version 1
INSERT INTO `adk_internal_metadata` (`key`, value) VALUES ('schema_version', '1');


--changeset adk-migration:ext_adk_0003_artifacts
--comment Create a table of artifacts
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = 'adk_artifacts'
CREATE TABLE adk_artifacts (
  id VARCHAR(64) NOT NULL,
  PRIMARY KEY (id)
)
--rollback DROP TABLE adk_artifacts

--changeset adk-migration:ext_adk_0004_labels
--comment Add labels to the table of sessions
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${schema:literal} AND c.relname = ${sessions:literal} AND a.attname = 'labels' AND NOT a.attisdropped
ALTER TABLE ${sessions} ADD COLUMN labels VARCHAR(64)
--rollback ALTER TABLE ${sessions} DROP COLUMN labels

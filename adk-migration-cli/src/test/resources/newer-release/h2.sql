
--changeset adk-migration:ext_adk_0003_artifacts
--comment Create a table of artifacts
--phase expand
--min-compatible 0001
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = ${schema:literal} AND table_name = 'ADK_ARTIFACTS'
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
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = ${schema:literal} AND table_name = ${sessions:literal} AND column_name = 'LABELS'
ALTER TABLE ${sessions} ADD COLUMN labels VARCHAR(64)
--rollback ALTER TABLE ${sessions} DROP COLUMN labels

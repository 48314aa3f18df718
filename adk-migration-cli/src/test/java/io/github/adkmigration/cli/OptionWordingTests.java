package io.github.adkmigration.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Next steps in the words of the command line.
 */
class OptionWordingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"Set adk.migration.legacy.max-quarantined=3, and start again. | Set --max-quarantined 3, and start again.",
			"Set adk.migration.legacy.time-zone to that zone. | Set --time-zone to that zone.",
			"(adk.migration.lock.type=table) | (--lock-type table)",
			"Give adk.migration.sqlite-backup=false if you | Give --no-sqlite-backup if you",
			"with adk.migration.user. | with --user.", "or raise adk.migration.timeout, and | or raise --timeout, and",
			"Point adk.migration.schema, .table-prefix or .tables.* at | Point --schema, --table-prefix or --table-sessions and its like at",
			"Set adk.migration.legacy.time-zone-confirmed=true. | Set --time-zone-confirmed.",
			"adk_migration_quarantine stays | adk_migration_quarantine stays" })
	void aPropertyBecomesAnOption(String text, String worded) {
		assertThat(OptionWording.of(text)).isEqualTo(worded);
	}

}

package io.github.adkmigration.cli;

import io.github.adkmigration.OfflineScript;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.UpgradeTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints the SQL of an upgrade.
 */
@Command(name = "sql", sortOptions = false,
		description = "Print the SQL of an upgrade, for review or for the client of the database. Works offline too, for a dialect and a layout that are named. Changes nothing.")
final class SqlCommand extends UpgradingVerb {

	@Option(names = "--to", paramLabel = "REV|+N", order = 1,
			description = "Stop at a revision, or so many revisions further on. Default: head, the newest.")
	private String to = "head";

	@Option(names = "--dialect", paramLabel = "PRODUCT", order = 2,
			description = "Without a database: sqlite, postgresql, mysql, mariadb or h2.")
	private @Nullable DatabaseDialect dialect;

	@Option(names = "--from", paramLabel = "LAYOUT", order = 3,
			description = "Without a database: the layout to start from, as status calls it, for example"
					+ " python-1.15.0. Default: empty.")
	private String from = "empty";

	SqlCommand(Surroundings surroundings) {
		super("sql", surroundings);
	}

	@Override
	Answer answer() {
		UpgradeTarget target = UpgradeTarget.parse(this.to);
		if (this.dialect == null) {
			return ScriptAnswer.of(upgrading(false).script(target), false);
		}
		return ScriptAnswer.of(OfflineScript.of(this.dialect, this.from, settings(), target), false);
	}

}

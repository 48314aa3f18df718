package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The death of a process before one of its writes: everything after it fails too. To die
 * before a query or a commit is to die before the next write.
 */
final class Crash {

	/** What Liquibase writes about itself decides nothing. */
	static final Pattern WRITE = Pattern
		.compile("(?is)(?!.*migration_changelog)(insert|update|delete|create|alter|drop|rename|lock|unlock).*");

	private Crash() {
	}

	/**
	 * Carry a verb out until it dies, and take from it the lease, which would end by
	 * itself later than a test can wait.
	 * @param writes which statements count
	 * @param last before which of them it dies
	 * @return whether it died; it did not if it has fewer writes
	 */
	static boolean dies(TestDatabase database, Pattern writes, int last, Consumer<DataSource> verb)
			throws SQLException {
		AtomicInteger seen = new AtomicInteger();
		DataSource dying = new InterceptedDataSource(database.dataSource(), (sql) -> {
			boolean counts = writes.matcher(sql).matches();
			if (seen.get() >= last || (counts && seen.incrementAndGet() >= last)) {
				throw new SQLException("The process is gone at: " + sql, "08006");
			}
		});
		try {
			verb.accept(dying);
			return false;
		}
		catch (MigrationException ex) {
			assertThat(ex).hasStackTraceContaining("The process is gone");
			return true;
		}
		finally {
			Migrations.releaseLease(database);
		}
	}

}

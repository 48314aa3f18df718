package io.github.adkmigration.test.database;

import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * A database product in one version that hands out fresh databases. What it needs, for
 * example a server process, is started with the first database and shared by all.
 *
 * @since 0.1.0
 */
public interface DatabaseProvider {

	/**
	 * Return the name under which this product is selected and reported.
	 * @return for example {@code sqlite} or {@code postgresql-14}
	 */
	String name();

	/**
	 * Return the dialect that the databases speak.
	 * @return the dialect
	 */
	DatabaseDialect dialect();

	/**
	 * Return what the databases can do.
	 * @return an unmodifiable set
	 */
	Set<Capability> capabilities();

	/**
	 * Return why this product cannot run on this machine. The first call may unpack an
	 * archive.
	 * @return the reason with the next step, or empty where it runs
	 */
	Optional<String> unavailableReason();

	/**
	 * Create an empty database.
	 * @return the database, to be closed by the caller
	 * @throws IllegalStateException if the product does not run here
	 */
	TestDatabase newDatabase();

}

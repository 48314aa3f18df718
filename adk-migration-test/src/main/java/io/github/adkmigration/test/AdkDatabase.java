package io.github.adkmigration.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a historic database, of its own and filled with rows, as a parameter of
 * type {@link io.github.adkmigration.test.database.TestDatabase TestDatabase} or
 * {@link javax.sql.DataSource DataSource}. Name either a {@link #layout()}, which is
 * filled with a {@link io.github.adkmigration.test.corpus.Corpus Corpus} (a parameter
 * too), or a {@link #fixture()}.
 * <p>
 * A test whose database cannot run here is skipped, with the reason.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(AdkDatabaseExtension.class)
public @interface AdkDatabase {

	/**
	 * The V0 layout to create and fill.
	 * @return the first release of the layout, for example {@code python-1.17.0}
	 */
	String layout() default "";

	/**
	 * The database to restore, as a real release wrote it.
	 * @return the name of a fixture, for example {@code python-1.16.0.sqlite}
	 */
	String fixture() default "";

	/**
	 * The dialect of the database; of several PostgreSQL versions the newest is used.
	 * @return the dialect, which must be able to hold the fixture
	 */
	DatabaseDialect dialect() default DatabaseDialect.SQLITE;

	/**
	 * The number of sessions to create in a layout.
	 * @return at least 1
	 */
	int sessions() default 3;

	/**
	 * The number of events to create in each session of a layout.
	 * @return at least 1
	 */
	int eventsPerSession() default 12;

	/**
	 * The time zone of the process that wrote the events of a layout.
	 * @return the id of a zone
	 */
	String writerZone() default "America/New_York";

}

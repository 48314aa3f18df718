package io.github.adkmigration.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.LayoutFamily;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once for every database that a historic release wrote and every product
 * that can hold it: a MySQL database on MySQL and on MariaDB, a PostgreSQL database on
 * every PostgreSQL. The test takes the {@link io.github.adkmigration.test.fixture.Fixture
 * Fixture} and the loaded {@link io.github.adkmigration.test.database.TestDatabase
 * TestDatabase} or {@link javax.sql.DataSource DataSource} as parameters.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(FixtureTestExtension.class)
public @interface FixtureTest {

	/**
	 * The writers whose databases are tested.
	 * @return families, none for all
	 */
	LayoutFamily[] families() default {};

	/**
	 * The dialects to run on.
	 * @return dialects, none for all
	 */
	DatabaseDialect[] dialects() default {};

	/**
	 * A regular expression that the fixture's name has to match.
	 * @return an expression
	 */
	String name() default ".*";

}

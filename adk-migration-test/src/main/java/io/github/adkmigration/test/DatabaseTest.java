package io.github.adkmigration.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.Capability;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once on every database, each time on an empty one of its own, which is
 * given to a parameter of type {@link io.github.adkmigration.test.database.TestDatabase
 * TestDatabase} or {@link javax.sql.DataSource DataSource}. A database that cannot run
 * here is reported as skipped, with the reason.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(DatabaseTestExtension.class)
public @interface DatabaseTest {

	/**
	 * The dialects to run on.
	 * @return dialects, none for all
	 */
	DatabaseDialect[] dialects() default {};

	/**
	 * The dialects to leave out.
	 * @return dialects
	 */
	DatabaseDialect[] except() default {};

	/**
	 * What the database must be able to do; others are left out.
	 * @return capabilities, none for all databases
	 */
	Capability[] requires() default {};

}

package io.github.adkmigration.test.database;

/**
 * What a test database can do beyond plain SQL, so that a contract can ask for it instead
 * of listing products.
 *
 * @since 0.1.0
 */
public enum Capability {

	/** A separate process that several clients reach over the network. */
	SERVER,

	/** Several connections write at the same time. */
	CONCURRENT_WRITERS,

	/** Users with passwords and rights can be created by SQL. */
	ACCOUNTS,

	/** One database holds several schemas. */
	SCHEMAS,

	/** The session has a time zone of its own, here one that differs from the JVM's. */
	SESSION_TIME_ZONE

}

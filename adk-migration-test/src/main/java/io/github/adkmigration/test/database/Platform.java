package io.github.adkmigration.test.database;

/**
 * The machine that the tests run on.
 */
final class Platform {

	private Platform() {
	}

	static boolean linuxOnAmd64() {
		return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
	}

}
